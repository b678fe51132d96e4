/* figure_said: how a figure is computed, in words made from its declaration. */
#ifndef HONGZHU_TASK_FIGURE_SAID_H
#define HONGZHU_TASK_FIGURE_SAID_H

#include "pack/pack.h"

/* "number of different person among records with kind = lesson observation"; one line. */
char *figure_said(arena *a, const pack *p, int32_t figure, language in);
/* A parameter as text: its number with unit, its day, or word by word. */
char *parameter_said(arena *a, const pack *p, const parameter *of, const parameter_entry *entry, language in);

/* Parameters whose value on a day is assumed, of those that the rules marked read, each once, in the order declared. */
size_t assumed_parameters(arena *a, const pack *p, const bool *rules, day on, const parameter ***out);

#endif
