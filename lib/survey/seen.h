/* Interviews that were read, by their ids: each is known again in the sources that follow, and in saved surveys, which
 * hold the ids only as hashes under a key that is never saved. */
#ifndef MTMI_SURVEY_SEEN_H
#define MTMI_SURVEY_SEEN_H

#include "base/key.h"
#include "base/map.h"

#define MTMI_SEEN_HASH 16

typedef struct mtmi_survey_origin {
    int64_t line;
    uint32_t source; /* place in sources */
} mtmi_survey_origin;

typedef struct mtmi_survey_seen {
    mtmi_map ids; /* as they stand, or their hashes */
    mtmi_survey_origin *origins;
    size_t capacity;
    char **sources; /* names of the files */
    size_t n_sources, sources_capacity;
    int hashed, has_key;
    mtmi_sip_key key;
    uint64_t mark[2]; /* tells keys apart: the hash of a known text */
} mtmi_survey_seen;

/* text: 32 hexadecimal digits. Before the first id, or the key under which those that are there were hashed. */
mtm_status mtmi_seen_set_key(mtmi_survey_seen *seen, const char *text, mtm_error *err);
/* The source whose ids come next. */
mtm_status mtmi_seen_begin(mtmi_survey_seen *seen, const char *source, mtm_error *err);
/* *first: where the interview came before; NULL where it did not, or has no id. */
mtm_status mtmi_seen_add(mtmi_survey_seen *seen, const char *id, size_t length, int64_t line,
                         const mtmi_survey_origin **first, mtm_error *err);
/* The same, of an id that is a hash already. */
mtm_status mtmi_seen_add_hash(mtmi_survey_seen *seen, const unsigned char hash[MTMI_SEEN_HASH],
                              mtmi_survey_origin origin, const mtmi_survey_origin **first, mtm_error *err);
/* Adds all of another; an error that names both lines where an interview is in both. Where neither or only one has ids,
 * nothing can be known. */
mtm_status mtmi_seen_join(mtmi_survey_seen *into, const mtmi_survey_seen *from, mtm_error *err);
void mtmi_seen_clear(mtmi_survey_seen *seen);

#endif
