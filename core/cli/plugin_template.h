/* plugin_template: what `plugin new` writes, compiled into the program as text.
 *
 * Made by cmake/embed_template.cmake from plugins/template and from the SDK's header, so that a new plugin's folder
 * needs nothing from elsewhere. In the texts the plugin is called "example".
 */
#ifndef HONGZHU_CLI_PLUGIN_TEMPLATE_H
#define HONGZHU_CLI_PLUGIN_TEMPLATE_H

typedef struct plugin_template_text {
  const char *name; /* "reader.c", "Makefile", "plugin.h" */
  const char *text;
} plugin_template_text;

extern const plugin_template_text plugin_template[]; /* ends in a row of zeros */

#endif
