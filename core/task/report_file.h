/* report_file: a document written by a writer in a worker, into a file without a name, and from there to its place. */
#ifndef HONGZHU_TASK_REPORT_FILE_H
#define HONGZHU_TASK_REPORT_FILE_H

#include "host/foreign.h"

#include <stdio.h>

/* The writer of that name or, where it is NULL, of the output's extension; without an output "text". */
const offer *report_writer(const offers *all, const char *format, const char *output, faults *problems);

/* "name=value" of the command line; a fault that names the writer's options where it has none of that name. */
bool report_option(const offer *writer, const char *given, arena *a, option_value *out, faults *problems);

/* A descriptor of an unnamed file with the bytes, to be closed; -1 with faults. */
int report_bytes(const offer *writer, const document *d, const option_value *options, size_t options_count,
                 faults *problems);

/* To a file of that name: written beside it and renamed into place. What is there is replaced only if it is a regular
 * file; nothing is written through a symbolic link. */
bool report_place(int bytes, const char *output, faults *problems);
bool report_pour(int bytes, FILE *to, faults *problems);
/* Where two files first differ: 1-based byte, 0 where they are the same; -1 with a fault. */
int64_t report_difference(int a, int b, faults *problems);

#endif
