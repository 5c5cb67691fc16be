/* The rows of one block of a file.
 *
 * A row belongs to the block in which the byte before its first lies. Where a block's first row begins is guessed by
 * the threads and checked afterwards: it must be where the block before ended. */
#ifndef MTMI_TABULATE_BLOCK_H
#define MTMI_TABULATE_BLOCK_H

#include "base/source.h"
#include "tabulate/counter.h"
#include "base/digest.h"
#include "tabulate/scan/scan.h"
#include "tabulate/slow_path.h"

#define MTMI_WALK_BLOCK ((size_t)1 << 20) /* the usual size of a block, and the largest */
#define MTMI_WALK_MORE ((size_t)4096)     /* read beyond a block for the end of its last row */
#define MTMI_WALK_UNKNOWN UINT64_MAX
#define MTMI_WALK_PIECES (MTMI_WALK_BLOCK / MTMI_DIGEST_PIECE)

/* Bytes that can be read at any offset: a source, or a stretch of memory. */
typedef struct mtmi_feed {
    const mtmi_source *source; /* NULL: memory */
    const unsigned char *bytes;
    uint64_t size;
    int final;           /* 0: more will come after size */
    uint64_t first, end; /* blocks whose rows are counted; end 0: up to the last */
} mtmi_feed;

typedef struct mtmi_walked {
    uint64_t start; /* of the first row; MTMI_WALK_UNKNOWN: none begins here, as far as can be seen */
    uint64_t next;  /* where the next block's first row begins; the size of the feed at its end */
    uint64_t lines; /* line feeds from start to next */
    int starved;    /* the row at next is not whole: more bytes must come */
    uint64_t digests[MTMI_WALK_PIECES];
} mtmi_walked;

typedef struct mtmi_walker {
    mtmi_counter counter;
    mtmi_slow *slow;
    mtmi_scan scan;
    mtmi_scan_function function;
    unsigned char *memory, *bytes;    /* bytes: page-aligned, inside memory */
    size_t capacity, have;            /* of bytes */
    int at_end;                       /* the feed ends at have */
    uint32_t *all_ends, *ends, *rows; /* ends[-1] is there: the end of the row before */
} mtmi_walker;

mtm_status mtmi_walker_start(mtmi_walker *walker, const mtmi_count_table *table, mtmi_scan_function function,
                             mtm_error *err);
void mtmi_walker_free(mtmi_walker *walker);

mtm_status mtmi_walk_too_long(uint64_t max_record, int64_t line, mtm_error *err);

/* Counts the rows of a block; start is where its first row begins, or MTMI_WALK_UNKNOWN to guess. */
mtm_status mtmi_walk(mtmi_walker *walker, const mtmi_feed *feed, uint64_t block, uint64_t start, mtmi_walked *out,
                     mtm_error *err);

#endif
