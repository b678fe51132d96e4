/* xml: a part of the package as a stream of elements.
 *
 * Elements of the spreadsheet and relationship namespaces, transitional and strict, come by their local names whatever
 * prefix the file uses; those of others have the name "". Of alternatives (mc:AlternateContent) only the fallback is
 * given. Attributes without a namespace have their name, those of document relationships "r:" before it.
 * Document type declarations are refused, and with them all entities but the five of XML; so are tags and comments of
 * megabytes and elements nested deeper than any workbook's. */
#ifndef XLSX_XML_H
#define XLSX_XML_H

#include "package.h"

#define XML_DEPTH_MOST 128
#define XML_TOKEN_MOST (INT64_C(1) << 20) /* bytes of one tag or comment */

typedef struct xml_taker {
  void *context;
  /* False stops the work: the taker has said why. */
  bool (*begin)(void *context, const char *name, const char **attributes);
  bool (*end)(void *context, const char *name);
  bool (*text)(void *context, const char *text, size_t length); /* may be NULL */
  bool counts; /* the host is told how much of the part was read: of each part once */
} xml_taker;

/* Reads a whole part. */
bool xml_read(package *k, const char *part, const xml_taker *taker, problem *p);

const char *xml_attribute(const char **attributes, const char *name); /* NULL if absent */
bool xml_keeps_space(const char **attributes);                        /* xml:space="preserve" */
bool xml_truth(const char *value);                                    /* "1" and "true" */
bool xml_whole(const char *value, uint32_t *out);                     /* digits only, within 32 bits */

#endif
