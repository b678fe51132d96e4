#include "check.h"

#include "base/program.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void the_program_knows_where_it_is(void **state) {
  (void)state;
  arena *a = arena_new();
  const char *file = program_file(a);
  assert_non_null(file);
  assert_int_equal(file[0], '/');
  assert_string_equal(strrchr(file, '/'), "/unit_base_program");
  assert_string_equal(arena_format(a, "%s/unit_base_program", program_folder(a)), file);
  arena_free(a);
}

static void in_a_build_folder_the_scripts_are_those_of_the_source(void **state) {
  (void)state;
  arena *a = arena_new();
  const char *scripts = program_scripts(a);
  assert_non_null(scripts);
  assert_int_equal(access(arena_format(a, "%s/regions", scripts), F_OK), 0);
  assert_int_equal(access(arena_format(a, "%s/../CMakeLists.txt", scripts), F_OK), 0);
  arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_program_knows_where_it_is),
      cmocka_unit_test(in_a_build_folder_the_scripts_are_those_of_the_source),
  };
  return cmocka_run_group_tests_name("base_program", tests, NULL, NULL);
}
