/* rows: where the elements of a list, or the members of an object, stand in the text of a document. */
#ifndef JSON_ROWS_H
#define JSON_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The lines (1-based) on which the values in the array or object named `member` of the top object begin; member NULL:
 * of the top value itself. The text must be sound JSON. `header` is the line of the container. False where two of them
 * begin on one line, or the first on the container's own. `lines` has room for `count`. */
bool rows_lines(const char *text, size_t length, const char *member, uint64_t *header, uint64_t *lines, size_t count);

#endif
