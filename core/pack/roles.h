/* roles: what a worker does for packs; the table is given to worker_child_main by cli/main.c. */
#ifndef HONGZHU_PACK_ROLES_H
#define HONGZHU_PACK_ROLES_H

#include "host/worker.h"

extern const worker_role_row pack_roles[]; /* ends with a NULL name */

int role_pack(worker_child *c, int argc, char **argv); /* text -> image (image.c) */
int role_each(worker_child *c, int argc, char **argv); /* script_each.c */
int role_body(worker_child *c, int argc, char **argv); /* script.c */

#endif
