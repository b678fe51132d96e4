#include "check.h"

#include "base/json.h"

static int begin(void **state) {
  json_prepare();
  *state = arena_new();
  return 0;
}

static int end(void **state) {
  arena_free(*state);
  return 0;
}

static void the_same_value_has_the_same_canonical_text(void **state) {
  arena *a = *state;
  json_t *one = json_loads("{\"b\": [1, 2.5, true, null], \"a\": \"红/\\\"\\u0001\"}", 0, NULL);
  json_t *two = json_loads("{\"a\":\"红\\/\\\"\\u0001\",\"b\":[1,2.5,true,null]}", 0, NULL);
  assert_string_equal(json_canonical(a, one), "{\"a\":\"红/\\\"\\u0001\",\"b\":[1,2.5,true,null]}");
  assert_string_equal(json_canonical(a, one), json_canonical(a, two));
  assert_string_equal(json_pretty(a, two), "{\n  \"a\": \"红/\\\"\\u0001\",\n  \"b\": [\n    1,\n    2.5,\n    true,\n"
                                           "    null\n  ]\n}");
  json_decref(one);
  json_decref(two);
  json_t *number = json_integer(7);
  assert_string_equal(json_canonical(a, number), "7");
  json_decref(number);
}

static void words_fill_the_language_they_lack(void **state) {
  arena *a = *state;
  json_t *words = json_words((said){{"听课", "observation"}});
  assert_string_equal(json_canonical(a, words), "{\"en\":\"observation\",\"zh\":\"听课\"}");
  json_decref(words);
  words = json_words((said){.in[LANGUAGE_ZH] = "听课"});
  assert_string_equal(json_canonical(a, words), "{\"en\":\"听课\",\"zh\":\"听课\"}");
  json_decref(words);
}

static void members_are_asked_for_by_type(void **state) {
  (void)state;
  json_t *object = json_loads("{\"name\": \"x\", \"count\": 3, \"ratio\": 0.5}", 0, NULL);
  assert_string_equal(json_member_text(object, "name"), "x");
  assert_null(json_member_text(object, "count"));
  assert_null(json_member_text(object, "nothing"));
  assert_null(json_member_text(NULL, "name"));
  assert_int_equal(json_member_integer(object, "count", 9), 3);
  assert_int_equal(json_member_integer(object, "ratio", 9), 9);
  assert_int_equal(json_member_integer(object, "nothing", 9), 9);
  json_decref(object);
}

static void what_an_arena_keeps_it_drops(void **state) {
  (void)state;
  arena *a = arena_new();
  json_t *value = json_incref(json_object());
  assert_ptr_equal(json_kept(a, value), value);
  assert_null(json_kept(a, NULL));
  assert_int_equal(value->refcount, 2);
  arena_free(a);
  assert_int_equal(value->refcount, 1);
  json_decref(value);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_same_value_has_the_same_canonical_text),
      cmocka_unit_test(words_fill_the_language_they_lack),
      cmocka_unit_test(what_an_arena_keeps_it_drops),
      cmocka_unit_test(members_are_asked_for_by_type),
  };
  return cmocka_run_group_tests_name("base_json", tests, begin, end);
}
