/* What every cmocka test includes, in the order cmocka wants. */
#ifndef HONGZHU_TESTS_CHECK_H
#define HONGZHU_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
