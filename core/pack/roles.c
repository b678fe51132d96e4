#include "pack/roles.h"

#include "pack/decide_role.h"

#include <stddef.h>

const worker_role_row pack_roles[] = {
    {"pack", role_pack},     {"each", role_each},     {"body", role_body},
    {"decide", role_decide}, {"native", role_native}, {NULL, NULL},
};
