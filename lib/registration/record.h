/* One registration as it is kept: hashes, days and numbers, and never an id or a name. */
#ifndef MTMI_REGISTRATION_RECORD_H
#define MTMI_REGISTRATION_RECORD_H

#include <stddef.h>
#include <stdint.h>

#define MTMI_NEVER INT32_MAX  /* left: not yet */
#define MTMI_UNBORN INT32_MIN /* birth: not stated */
#define MTMI_BIRTH_DAYS 10000 /* births from here on are days since 1800-01-01; below: years */

typedef struct mtmi_record {
    uint64_t id[2];        /* hash of the person's id */
    uint64_t household;    /* of the household's; 0: none is stated */
    uint64_t content;      /* of all cells that are not ignored */
    uint64_t place;        /* file << MTMI_PLACE_LINE | line */
    int32_t entered, left; /* days; from left on the person is not there */
    uint32_t combination;  /* of members */
    int32_t birth;
} mtmi_record;

#define MTMI_PLACE_LINE 40u
#define MTMI_PLACE_FILES ((uint64_t)1 << (64 - MTMI_PLACE_LINE))
static inline uint32_t mtmi_record_file(const mtmi_record *record) {
    return (uint32_t)(record->place >> MTMI_PLACE_LINE);
}
static inline int64_t mtmi_record_line(const mtmi_record *record) {
    return (int64_t)(record->place & (((uint64_t)1 << MTMI_PLACE_LINE) - 1));
}

/* The order of runs: by the hash of the id. */
static inline int mtmi_record_compare(const mtmi_record *a, const mtmi_record *b) {
    if (a->id[0] != b->id[0]) {
        return a->id[0] < b->id[0] ? -1 : 1;
    }
    return a->id[1] == b->id[1] ? 0 : a->id[1] < b->id[1] ? -1 : 1;
}

/* Places of the records in the order of runs, as a block of the caller's; NULL when there is no memory. */
uint32_t *mtmi_records_order(const mtmi_record *records, size_t n);

#endif
