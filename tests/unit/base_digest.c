#include "check.h"

#include "base/digest.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void assert_digest(digest d, const char *expected) {
  char text[DIGEST_TEXT];
  digest_text(d, text);
  assert_string_equal(text, expected);
}

/* From the reference implementation: b2sum -l 256. */
static const char of_nothing[] = "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8";
static const char of_abc[] = "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319";

static void digests_are_blake2b(void **state) {
  (void)state;
  assert_digest(digest_of("", 0), of_nothing);
  assert_digest(digest_of("abc", 3), of_abc);
}

static void pieces_give_the_digest_of_the_whole(void **state) {
  (void)state;
  arena *a = arena_new();
  arena_take(a, 1); /* so that the stream does not start a block */
  digest_stream *s = digest_begin(a);
  digest_add(s, "a", 1);
  digest_add(s, NULL, 0);
  digest_add(s, "bc", 2);
  assert_digest(digest_end(s), of_abc);
  arena_free(a);
}

static void long_streams_are_hashed_as_they_come(void **state) {
  (void)state;
  arena *a = arena_new();
  char text[2000];
  for (size_t i = 0; i < sizeof text; i++) text[i] = (char)('a' + i % 26);
  static const size_t steps[] = {1, 7, 255, 256, 257, 300, 1999};
  for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) {
    digest_stream *s = digest_begin(a);
    for (size_t at = 0; at < sizeof text; at += steps[k])
      digest_add(s, text + at, sizeof text - at < steps[k] ? sizeof text - at : steps[k]);
    assert_true(digest_same(digest_end(s), digest_of(text, sizeof text)));
  }
  arena_free(a);
}

static void a_short_hash_depends_on_its_key(void **state) {
  (void)state;
  digest one = digest_of("1", 1), two = digest_of("2", 1);
  assert_true(digest_short(&one, "abc", 3) == digest_short(&one, "abc", 3));
  assert_true(digest_short(&one, "abc", 3) != digest_short(&two, "abc", 3));
  assert_true(digest_short(&one, "abc", 3) != digest_short(&one, "abd", 3));
}

static digest of_texts(arena *a, const char *one, const char *two) {
  digest_stream *s = digest_begin(a);
  digest_add_text(s, one);
  digest_add_text(s, two);
  return digest_end(s);
}

static void lists_of_texts_do_not_collide(void **state) {
  (void)state;
  arena *a = arena_new();
  assert_false(digest_same(of_texts(a, "ab", "c"), of_texts(a, "a", "bc")));
  assert_false(digest_same(of_texts(a, "", "a"), of_texts(a, NULL, "a")));
  assert_true(digest_same(of_texts(a, "ab", "c"), of_texts(a, "ab", "c")));
  digest_stream *s = digest_begin(a), *t = digest_begin(a);
  digest_add_integer(s, 258);
  digest_add(t, "\x02\x01\0\0\0\0\0\0", 8);
  assert_true(digest_same(digest_end(s), digest_end(t)));
  arena_free(a);
}

static void a_key_changes_the_digest(void **state) {
  (void)state;
  digest one = digest_of("1", 1), two = digest_of("2", 1);
  assert_false(digest_same(digest_keyed(&one, "abc", 3), digest_keyed(&two, "abc", 3)));
  assert_false(digest_same(digest_keyed(&one, "abc", 3), digest_of("abc", 3)));
  assert_true(digest_same(digest_keyed(&one, "abc", 3), digest_keyed(&one, "abc", 3)));
}

static void a_file_is_hashed_from_its_start(void **state) {
  (void)state;
  FILE *file = tmpfile();
  assert_non_null(file);
  char block[1000];
  memset(block, 'x', sizeof block);
  digest_stream *s;
  arena *a = arena_new();
  s = digest_begin(a);
  for (int i = 0; i < 200; i++) {
    assert_int_equal(fwrite(block, 1, sizeof block, file), sizeof block);
    digest_add(s, block, sizeof block);
  }
  fflush(file);
  digest d;
  assert_true(digest_of_file(fileno(file), &d)); /* the descriptor stands at the end */
  assert_true(digest_same(d, digest_end(s)));
  fclose(file);
  assert_false(digest_of_file(-1, &d));
  arena_free(a);
}

static void texts_are_read_strictly(void **state) {
  (void)state;
  digest d;
  assert_true(digest_from_text(of_abc, &d));
  assert_digest(d, of_abc);
  char upper[DIGEST_TEXT], longer[DIGEST_TEXT + 1];
  memcpy(upper, of_abc, sizeof upper);
  upper[0] = 'B';
  snprintf(longer, sizeof longer, "%s0", of_abc);
  assert_false(digest_from_text(upper, &d));
  assert_false(digest_from_text(longer, &d));
  assert_false(digest_from_text("bd", &d));
  assert_false(digest_from_text("", &d));
  assert_false(digest_from_text(NULL, &d));
  assert_digest(d, of_abc);
  assert_int_equal(digest_key(d), INT64_C(0x3ddd813c63423972)); /* without the sign */
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(digests_are_blake2b),
      cmocka_unit_test(pieces_give_the_digest_of_the_whole),
      cmocka_unit_test(long_streams_are_hashed_as_they_come),
      cmocka_unit_test(a_short_hash_depends_on_its_key),
      cmocka_unit_test(lists_of_texts_do_not_collide),
      cmocka_unit_test(a_key_changes_the_digest),
      cmocka_unit_test(a_file_is_hashed_from_its_start),
      cmocka_unit_test(texts_are_read_strictly),
  };
  return cmocka_run_group_tests_name("base_digest", tests, NULL, NULL);
}
