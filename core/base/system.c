#include "base/system.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static const struct {
  int error;
  const char *zh;
} chinese[] = {
    {EPERM, "操作不被允许"},
    {ENOENT, "没有这个文件或文件夹"},
    {EINTR, "操作被中断"},
    {EIO, "输入输出错误"},
    {ENXIO, "没有这个设备"},
    {E2BIG, "参数过长"},
    {ENOEXEC, "不是可执行文件的格式"},
    {EBADF, "文件描述符无效"},
    {ECHILD, "没有子进程"},
    {EAGAIN, "资源暂时不可用"},
    {ENOMEM, "内存不足"},
    {EACCES, "没有权限"},
    {EBUSY, "设备或资源正在使用"},
    {EEXIST, "已经存在"},
    {EXDEV, "不在同一个文件系统"},
    {ENODEV, "没有这个设备"},
    {ENOTDIR, "路径中有一段不是文件夹"},
    {EISDIR, "这是文件夹，不是文件"},
    {EINVAL, "参数无效"},
    {ENFILE, "系统打开的文件过多"},
    {EMFILE, "打开的文件过多"},
    {ETXTBSY, "程序文件正在使用"},
    {EFBIG, "文件过大"},
    {ENOSPC, "磁盘已满"},
    {ESPIPE, "不能在此移动读写位置"},
    {EROFS, "文件系统是只读的"},
    {EMLINK, "链接过多"},
    {EPIPE, "接收的一方已关闭"},
    {ENAMETOOLONG, "文件名过长"},
    {ENOSYS, "系统不提供这项功能"},
    {ENOTEMPTY, "文件夹不是空的"},
    {ELOOP, "是符号链接，或符号链接层数过多"},
    {EOVERFLOW, "数值过大"},
    {ENOTSUP, "不支持这项操作"},
    {ETIMEDOUT, "等待超时"},
    {ESTALE, "网络文件系统上的文件已失效"},
    {EDQUOT, "超出磁盘配额"},
};

said system_words(int error) {
  said words = {{strerrordesc_np(error), strerrordesc_np(error)}};
  if (words.in[LANGUAGE_EN] == NULL) return (said){{"原因不明", "unknown error"}};
  for (size_t i = 0; i < sizeof chinese / sizeof *chinese; i++)
    if (chinese[i].error == error) words.in[LANGUAGE_ZH] = chinese[i].zh;
  return words;
}

bool system_write(int descriptor, const void *bytes, size_t size) {
  const char *at = bytes;
  while (size > 0) {
    ssize_t done = write(descriptor, at, size);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    at += done;
    size -= (size_t)done;
  }
  return true;
}

ssize_t system_read(int descriptor, void *bytes, size_t size, off_t at) {
  size_t done = 0;
  while (done < size) {
    const ssize_t got = pread(descriptor, (char *)bytes + done, size - done, at + (off_t)done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    done += (size_t)got;
  }
  return (ssize_t)done;
}
