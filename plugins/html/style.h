/* style: the style sheet of a page, made from style.css by embed.cmake. */
#ifndef HTML_STYLE_H
#define HTML_STYLE_H

#include <stddef.h>

extern const unsigned char style_sheet[];
extern const size_t style_length;
extern const unsigned char style_digest[32]; /* SHA-256 of the sheet, for the content-security policy */

#endif
