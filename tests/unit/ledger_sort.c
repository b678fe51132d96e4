/* Sorting and words, on which the order of the subject file rests. */
#include "unit/ledger_support.h"

#include "base/scratch.h"
#include "ledger/subjects_sort.h"
#include "ledger/subjects_words.h"

static uint64_t draw(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state * UINT64_C(0x9E3779B97F4A7C15);
}

static int by_key_then_row(const void *a, const void *b) {
  const sort_item *left = a, *right = b;
  if (left->key != right->key) return left->key < right->key ? -1 : 1;
  return (left->row > right->row) - (left->row < right->row);
}

static void sorting_is_stable_and_right(void **state) {
  (void)state;
  uint64_t chance = 99;
  static const uint64_t masks[] = {0, 1, 0xff, UINT64_C(0xff00000000000000), UINT64_MAX, UINT64_C(0x0000f00000000f00)};
  for (size_t m = 0; m < sizeof masks / sizeof *masks; m++) {
    for (size_t count = 0; count < 3000; count = count * 3 + 1) {
      sort_item *items = calloc(count + 1, sizeof *items), *expected = calloc(count + 1, sizeof *items);
      sort_item *spare = calloc(count + 1, sizeof *items);
      for (size_t k = 0; k < count; k++) items[k] = (sort_item){draw(&chance) & masks[m], (uint32_t)k};
      memcpy(expected, items, count * sizeof *items);
      if (count > 0) qsort(expected, count, sizeof *expected, by_key_then_row);
      sort_items(items, spare, count);
      for (size_t k = 0; k < count; k++) {
        assert_true(items[k].key == expected[k].key);
        assert_int_equal(items[k].row, expected[k].row);
      }
      free(items);
      free(expected);
      free(spare);
    }
  }
}

static void words_are_numbered_once_and_ranked_by_bytes(void **state) {
  (void)state;
  word_pool pool = {0};
  arena *a = arena_new();
  uint64_t chance = 7;
  bool added;
  assert_int_equal(words_find(&pool, "x"), 0);
  assert_int_equal(words_add(&pool, NULL, &added), 0);
  assert_false(added);
  for (int k = 0; k < 5000; k++) {
    char *text = arena_format(a, "%s%llu", k % 2 == 0 ? "教师" : "prefix", (unsigned long long)(draw(&chance) % 900));
    uint32_t before = pool.count, known = words_find(&pool, text), word = words_add(&pool, text, &added);
    assert_int_equal(added, known == 0);
    assert_int_equal(pool.count, before + added);
    if (known != 0) assert_int_equal(word, known);
    assert_string_equal(words_text(&pool, word), text);
  }
  uint32_t *order, *rank;
  words_order(&pool, &order, &rank);
  for (uint32_t k = 1; k <= pool.count; k++) {
    assert_int_equal(rank[order[k]], k);
    if (k > 1) assert_true(strcmp(words_text(&pool, order[k - 1]), words_text(&pool, order[k])) < 0);
  }
  large_free(order);
  large_free(rank);
  words_free(&pool);
  arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sorting_is_stable_and_right),
      cmocka_unit_test(words_are_numbered_once_and_ranked_by_bytes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
