/* json_change: changes of a JSON value as a whole, for libFuzzer: a value left out, doubled, put in another's place, a
 * text, number or key changed. What is no JSON is changed as bytes. */
#ifndef HONGZHU_TESTS_FUZZ_JSON_CHANGE_H
#define HONGZHU_TESTS_FUZZ_JSON_CHANGE_H

#include "fuzz.h"

#include "base/json.h"

size_t json_change(uint8_t *bytes, size_t size, size_t most, unsigned int seed);

#endif
