/* system: what the operating system says of an error, in both languages; writing that a signal does not cut short.
 *
 * The usual errors of files, memory and processes have Chinese words here; any other keeps the system's own in both.
 * Texts are constant. In a pair of formats: "cannot be read: %s%.0s", "无法读取：%.0s%s", SYSTEM_WORDS(errno).
 */
#ifndef HONGZHU_BASE_SYSTEM_H
#define HONGZHU_BASE_SYSTEM_H

#include "base/text.h"

#include <sys/types.h>

said system_words(int error);

/* Writes all of it, at the descriptor's place; false with errno where that cannot be. */
bool system_write(int descriptor, const void *bytes, size_t size);

/* As much of it as there is from that place on; -1 with errno where it cannot be read. */
ssize_t system_read(int descriptor, void *bytes, size_t size, off_t at);

#define SYSTEM_WORDS(error) system_words(error).in[LANGUAGE_EN], system_words(error).in[LANGUAGE_ZH]

#endif
