/* What a tabulator knows of registrations: their records, and the members that they number. Who is one person is settled when
 * the registry is finished (resolve.h). */
#ifndef MTMI_REGISTRATION_REGISTRY_H
#define MTMI_REGISTRATION_REGISTRY_H

#include "base/map.h"
#include "registration/runs.h"
#include "base/siphash.h"

#include <mtm/period.h>

/* Which columns a file has, as far as registrations need it. */
typedef struct mtmi_registry_columns {
    unsigned n_labels;         /* axes of labels */
    unsigned first_label;      /* the first of them, among the numbers of a row */
    uint32_t n_columns;        /* of the file */
    const unsigned char *text; /* per column: 1 where it is content */
} mtmi_registry_columns;

typedef struct mtmi_registry {
    mtmi_sip_key key;
    int key_given;
    mtmi_spill *spill;
    unsigned n_labels;     /* axes of labels, which are the last axes of the specification */
    mtmi_map *members;     /* of each of them: keys of tabulate/member.h */
    mtmi_map combinations; /* keys: a member's number an axis of labels, 32 bits each */
    mtmi_runs runs;
    size_t most; /* records in memory */
    int has_households;
    int32_t first, last; /* the earliest registration, the last day of which anything is known; first > last: none */
} mtmi_registry;

/* key: 32 hexadecimal digits, or NULL; folder: of the temporary file, or NULL. */
mtm_status mtmi_registry_new(unsigned n_labels, const char *key, const char *folder, mtmi_registry **out,
                             mtm_error *err);
void mtmi_registry_free(mtmi_registry *registry);
/* The number of a combination of members, given by their keys' numbers; MTMI_MAP_NONE when there is no memory. */
uint32_t mtmi_registry_combination(mtmi_registry *registry, const uint32_t *members);
/* The numbers of the members of a combination. */
void mtmi_registry_members(const mtmi_registry *registry, uint32_t combination, uint32_t *out);
/* Adds another one, whose files get numbers from first_file on. Refused where the keys differ. The first may fail, the
 * second does not after it. */
mtm_status mtmi_registry_prepare_merge(mtmi_registry *registry, const mtmi_registry *other, uint32_t first_file,
                                       mtmi_runs *copied, mtm_error *err);
void mtmi_registry_merge(mtmi_registry *registry, const mtmi_registry *other, mtmi_runs *copied);

/* ---- one thread's rows of one file ---- */

typedef struct mtmi_intake {
    mtmi_registry *registry;
    mtmi_registry_columns columns;
    mtmi_runs runs; /* records[0 .. n_committed) have numbers of the registry, the others of this thread */
    size_t n_committed;
    size_t most; /* committed records in memory */
    mtmi_map combinations;
    size_t n_known;   /* combinations that are committed */
    uint32_t *global; /* the registry's number of each of them */
    size_t global_capacity;
    mtmi_record row; /* at hand */
    char *text;      /* its cells */
    size_t text_capacity;
    int32_t first, last;
} mtmi_intake;

mtm_status mtmi_intake_start(mtmi_intake *intake, mtmi_registry *registry, const mtmi_registry_columns *columns,
                             unsigned n_threads, mtm_error *err);
void mtmi_intake_free(mtmi_intake *intake);
/* The hash of an id. */
void mtmi_intake_hash(const mtmi_intake *intake, const void *id, size_t size, uint64_t out[2]);
/* Room for the text of a row; NULL when there is no memory. */
char *mtmi_intake_text(mtmi_intake *intake, size_t size);
/* The row at hand: its ids and days stand in intake->row, its text in intake->text. 0 when there is no memory. */
int mtmi_intake_add(mtmi_intake *intake, const uint32_t *numbers, size_t text_size, uint64_t place);
/* members: of each axis of labels, as the thread numbers them; lines: before each block; file: its number. */
mtm_status mtmi_intake_commit(mtmi_intake *intake, const mtmi_map *const *members, const uint64_t *lines, uint32_t file,
                              mtm_error *err);
void mtmi_intake_drop(mtmi_intake *intake);
/* To be called between rounds: what is committed goes to the file where it is much. */
mtm_status mtmi_intake_relieve(mtmi_intake *intake, mtm_error *err);
/* The file is read well: its records are the registry's, which has room for them (runs.h). */
void mtmi_registry_take(mtmi_registry *registry, mtmi_intake *intake);

#endif
