/* program: where this program stands, and with it its plugins and scripts.
 *
 * Everything is found from the executable itself (/proc/self/exe), so that an installation can be moved as a whole.
 * In a build folder the plugins stand beside the executable and the scripts in the source tree; installed, both stand
 * below the library and data folders, by the same way from the executable's folder as when they were installed.
 * No path reaches a result. Texts live in the arena given; NULL where there is nothing.
 */
#ifndef HONGZHU_BASE_PROGRAM_H
#define HONGZHU_BASE_PROGRAM_H

#include "base/arena.h"

char *program_file(arena *a);    /* the executable; NULL where /proc cannot be read */
char *program_folder(arena *a);  /* the folder it is in */
char *program_plugins(arena *a); /* the folder with the plugins that come with the program */
char *program_scripts(arena *a); /* the folder with regions/, template/ and types/ */

#endif
