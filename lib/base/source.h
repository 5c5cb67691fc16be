/* Where bytes come from: a regular file, memory, a function, or a gzip stream of them. Reads forward; knows no text. */
#ifndef MTMI_BASE_SOURCE_H
#define MTMI_BASE_SOURCE_H

#include <mtm/source.h>

typedef struct mtmi_source mtmi_source;

/* Opens a file for reading. Refuses with MTM_ERROR_PATH what is no regular file (never blocks on a FIFO), with
 * MTM_ERROR_NOT_FOUND what is not there. name (borrowed: copied) is what errors call it. */
mtm_status mtmi_source_open(const char *path, const char *name, mtmi_source **out, mtm_error *err);
/* The same inside a folder: path is relative, has no "..", and no link on the way leads out of the folder. */
mtm_status mtmi_source_open_in(const char *folder, const char *path, mtmi_source **out, mtm_error *err);
/* A part of an open file, which then is the whole source: length bytes from first on, or to the end where length is 0. */
void mtmi_source_limit(mtmi_source *source, uint64_t first, uint64_t length);
/* Bytes in memory, borrowed until the source is freed. */
mtm_status mtmi_source_memory(const void *bytes, size_t size, const char *name, mtmi_source **out, mtm_error *err);
/* An open descriptor that may not seek (a pipe, standard input); not closed by free. */
mtm_status mtmi_source_descriptor(int descriptor, const char *name, mtmi_source **out, mtm_error *err);
/* Bytes that a function makes, forward only: it fills up to size bytes, *got 0 only at the end. data is borrowed. */
typedef mtm_status (*mtmi_source_maker)(void *data, void *bytes, size_t size, size_t *got, mtm_error *err);
mtm_status mtmi_source_made(mtmi_source_maker maker, void *data, const char *name, mtmi_source **out, mtm_error *err);
/* A gzip reader over inner, which it takes over in every case; at most limit bytes come out (MTM_ERROR_LIMIT).
 * MTM_ERROR_UNSUPPORTED without zlib. */
mtm_status mtmi_source_gzip(mtmi_source *inner, uint64_t limit, mtmi_source **out, mtm_error *err);

/* A caller's source, checked and copied; what this library does not know of it is refused. On failure its Arrow stream is
 * released. */
mtm_status mtmi_source_take(const mtm_source *source, mtm_source *out, mtm_error *err);
/* Releases the Arrow stream of a source that is not read after all. */
void mtmi_source_drop(const mtm_source *source);
/* What errors and the lineage call a taken source. */
const char *mtmi_source_title(const mtm_source *source);
/* Opens a taken source of bytes; MTM_ERROR_UNSUPPORTED for an Arrow stream, which is released. `from` is borrowed until the
 * source is freed. */
mtm_status mtmi_source_from(mtm_source *from, mtmi_source **out, mtm_error *err);

/* Fills up to size bytes; *got 0 only at the end. Short reads happen; EINTR does not surface. */
mtm_status mtmi_source_read(mtmi_source *source, void *bytes, size_t size, size_t *got, mtm_error *err);
/* Fills up to size bytes from an offset, leaving the position alone: several threads may call it at once. *got is less
 * than size only at the end. MTM_ERROR_UNSUPPORTED where mtmi_source_can_seek() says 0 (pipes, gzip). */
mtm_status mtmi_source_read_at(const mtmi_source *source, uint64_t offset, void *bytes, size_t size, size_t *got,
                               mtm_error *err);
/* Looks at the next bytes without taking them: *out is lent until the next call, *got is less than size only at the end.
 * Size is at most what a caller is willing to keep: a source that cannot seek holds the bytes until they are read. */
mtm_status mtmi_source_peek(mtmi_source *source, size_t size, const char **out, size_t *got, mtm_error *err);
int mtmi_source_can_seek(const mtmi_source *source);
/* Reads to the end, at most limit bytes, into a new NUL-ended block. */
mtm_status mtmi_source_read_all(mtmi_source *source, size_t limit, char **out, size_t *size, mtm_error *err);
const char *mtmi_source_name(const mtmi_source *source);
/* Size in bytes where known, else 0: for progress and reserving, never trusted. */
uint64_t mtmi_source_size(const mtmi_source *source);
uint64_t mtmi_source_position(const mtmi_source *source); /* of the compressed bytes where there are any */
void mtmi_source_free(mtmi_source *source);

#endif
