/* The one door to the system's files. Each call retries EINTR, and the tests may make the n-th one fail. */
#ifndef MTMI_BASE_IO_H
#define MTMI_BASE_IO_H

#include <mtm/status.h>

#include <sys/stat.h>
#include <sys/types.h>

int mtmi_io_open(int folder, const char *path, int flags, unsigned mode); /* openat; O_CLOEXEC is added */
ssize_t mtmi_io_read(int descriptor, void *bytes, size_t size);
ssize_t mtmi_io_read_at(int descriptor, void *bytes, size_t size, uint64_t offset);
ssize_t mtmi_io_write(int descriptor, const void *bytes, size_t size);
ssize_t mtmi_io_write_at(int descriptor, const void *bytes, size_t size, uint64_t offset);
int mtmi_io_sync(int descriptor);
int mtmi_io_close(int descriptor);
int mtmi_io_rename(const char *from, const char *to);
int mtmi_io_make_folder(const char *path);
int mtmi_io_lock(int descriptor); /* flock: waits for others, gone when the descriptor is closed */
int mtmi_io_stat(int descriptor, struct stat *out);

/* The n-th call from now on this thread fails with errno = EIO (1 = the next); 0 switches it off. */
void mtmi_io_fail_at(size_t n);
size_t mtmi_io_calls(void);

/* Writes all of the bytes; name is what errors call the file. */
mtm_status mtmi_io_write_all(int descriptor, const char *name, const void *bytes, size_t size, mtm_error *err);
/* Brings a written file to the disk, and closes it in every case. */
mtm_status mtmi_io_finish(int descriptor, const char *name, mtm_error *err);
/* A new name is on the disk only when its folder is. Some file systems cannot do that; the file is whole all the same. */
void mtmi_io_sync_folder(const char *folder);

/* What the system said about name: NOT_FOUND for ENOENT and ENOTDIR, else IO, with errno's words. */
mtm_status mtmi_io_error(mtm_error *err, const char *name, const char *what, int number);

#endif
