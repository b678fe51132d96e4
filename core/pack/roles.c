#include "pack/roles.h"

#include <stddef.h>

const worker_role_row pack_roles[] = {
    {"pack", role_pack},
    {"each", role_each},
    {"body", role_body},
    {NULL, NULL},
};
