#include "host/protection.h"

#include "base/system.h"
#include "host/confine.h"

#include <errno.h>
#include <unistd.h>

static const said nothing = {{"", ""}};

/* Why a kernel answers a call of its own with an error. */
static said refusal(int reason, said unknown, said off) {
  if (reason == ENOSYS || reason == EINVAL) return unknown;
  if (reason == EOPNOTSUPP) return off;
  if (reason == EPERM || reason == EACCES)
    return (said){{"所在的容器或系统设置不允许使用", "the container or a setting of the system refuses it"}};
  return system_words(reason);
}

static said followed_by(arena *a, said first, const char *en, const char *zh) {
  said out;
  out.in[LANGUAGE_EN] = arena_format(a, "%s; %s", first.in[LANGUAGE_EN], en);
  out.in[LANGUAGE_ZH] = arena_format(a, "%s；%s", first.in[LANGUAGE_ZH], zh);
  return out;
}

static void say_landlock(arena *a, const confinement *there, protection out[2]) {
  const said newer = {{"使用 6.12 或更新的内核，并在容器中放行 landlock 系统调用",
                       "use Linux 6.12 or newer, and let a container through to its landlock calls"}};
  out[0] = (protection){.id = "landlock",
                        .name = {{"文件隔离（Landlock）", "files kept apart (Landlock)"}},
                        .present = there->landlock > 0,
                        .because = nothing,
                        .next = nothing};
  out[1] = (protection){.id = "landlock_network",
                        .name = {{"网络与信号隔离（Landlock）", "network and signals kept apart (Landlock)"}},
                        .present = there->landlock >= 6,
                        .because = nothing,
                        .next = nothing};
  if (there->landlock > 0) {
    out[0].because.in[LANGUAGE_EN] = arena_format(a, "version %d", there->landlock);
    out[0].because.in[LANGUAGE_ZH] = arena_format(a, "第 %d 版", there->landlock);
  } else {
    said why =
        refusal(there->landlock_reason,
                (said){{"内核不支持（早于 5.13 或编译时未包含），或容器不提供",
                        "the kernel has none (it is older than 5.13, or built without), or the container hides it"}},
                (said){{"启动时未启用", "it is switched off at boot"}});
    out[0].because = followed_by(a, why, "files are guarded by seccomp and the rights of the user alone",
                                 "文件只由 seccomp 和用户权限保护");
    out[0].next = newer;
  }
  if (out[1].present) return;
  out[1].because = there->seccomp ? (said){{"需要 Landlock 第 6 版；仅由 seccomp 阻止",
                                            "it needs version 6 of Landlock; seccomp alone stops both"}}
                                  : (said){{"需要 Landlock 第 6 版；没有其他保护",
                                            "it needs version 6 of Landlock; nothing stands in its place"}};
  out[1].next = newer;
}

static protection say_seccomp(arena *a, const confinement *there) {
  protection out = {.id = "seccomp",
                    .name = {{"系统调用过滤（seccomp）", "system calls filtered (seccomp)"}},
                    .present = there->seccomp,
                    .because = nothing,
                    .next = nothing};
  if (out.present) return out;
  said why = refusal(there->seccomp_reason,
                     (said){{"内核不支持，或容器不提供", "the kernel has none, or the container hides it"}},
                     (said){{"内核不支持其中需要的动作", "the kernel lacks an action that is needed"}});
  out.because = followed_by(a, why, "sockets, signals and shared memory are not stopped by it",
                            "因此无法用它阻止网络连接、信号和共享内存");
  out.next = (said){{"使用带 CONFIG_SECCOMP_FILTER 的内核，并在容器中放行 seccomp 系统调用",
                     "use a kernel with CONFIG_SECCOMP_FILTER, and let a container through to the seccomp call"}};
  return out;
}

static protection say_processes(const confinement *there) {
  bool root = geteuid() == 0;
  protection out = {.id = "processes",
                    .name = {{"禁止外来代码启动进程", "foreign code starts no processes"}},
                    .present = there->seccomp || !root,
                    .because = nothing,
                    .next = nothing};
  if (out.present) return out;
  out.because = (said){
      {"没有 seccomp，而进程数限制对 root 无效", "there is no seccomp, and the limit on processes does not hold root"}};
  out.next = (said){{"请以普通用户运行", "run as a user other than root"}};
  return out;
}

static protection say_user(void) {
  protection out = {.id = "user",
                    .name = {{"以普通用户运行", "run by a user other than root"}},
                    .present = geteuid() != 0,
                    .because = nothing,
                    .next = nothing};
  if (out.present) return out;
  out.because = (said){{"以 root 运行：其他保护失效时，外来代码拥有 root 的权限",
                        "it is run by root: where another wall is missing, foreign code has root's rights"}};
  out.next = (said){{"请以普通用户运行", "run as a user other than root"}};
  return out;
}

void protections_offered(arena *a, protection out[PROTECTIONS]) {
  confinement there = confine_offered();
  say_landlock(a, &there, out);
  out[2] = say_seccomp(a, &there);
  out[3] = say_processes(&there);
  out[4] = say_user();
}
