/* Makes the steps of explanations: file, line, column and release of each observation behind a number, each source
 * once. Invariant: an observation behind a number is in one step of it. */
#include "indicator/writing.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/try.h"
#include "data/package.h"
#include "period/period.h"

#include <string.h>

enum { KEPT_FIRST = 16, KEPT_LAST = 4 };

/* Grows a table of the result by one entry of zeros. */
static void *grow(void *table, size_t *n, size_t *capacity, size_t size) {
    void *block;
    memcpy(&block, table, sizeof block);
    if (!mtmi_memory_reserve(&block, capacity, *n + 1, size)) {
        return NULL;
    }
    memcpy(table, &block, sizeof block);
    void *entry = (char *)block + *n * size;
    memset(entry, 0, size);
    ++*n;
    return entry;
}

mtmi_result_row *mtmi_write_row(mtmi_writing *writing) {
    mtm_result *result = writing->result;
    return grow(&result->rows, &result->n_rows, &writing->rows, sizeof *result->rows);
}

mtmi_point *mtmi_write_point(mtmi_writing *writing) {
    mtm_result *result = writing->result;
    return grow(&result->points, &result->n_points, &writing->points, sizeof *result->points);
}

/* The number of the result's own copy of a text; UINT32_MAX when memory ran out. Names of datasets come first and codes of rows one after the other: a few looks find
 * nearly every text that is there already, however many there are. */
static uint32_t keep(mtmi_writing *writing, const char *text) {
    mtm_result *result = writing->result;
    const char *wanted = text != NULL ? text : "";
    for (size_t i = 0; i < result->n_strings; i++) {
        if (i == KEPT_FIRST && result->n_strings > KEPT_FIRST + KEPT_LAST) {
            i = result->n_strings - KEPT_LAST;
        }
        if (strcmp(result->strings[i], wanted) == 0) {
            return (uint32_t)i;
        }
    }
    char *copy = mtmi_memory_copy_text(wanted);
    char **entry = copy != NULL ? grow(&result->strings, &result->n_strings, &writing->strings, sizeof copy) : NULL;
    if (entry == NULL) {
        mtmi_memory_free(copy);
        return UINT32_MAX;
    }
    *entry = copy;
    return (uint32_t)(result->n_strings - 1);
}

/* ---- sources ---- */

static int same_text(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* The source of a row, with what it leaves out taken from the dataset's own. All borrowed. */
static mtmi_source_note source_of(const mtm_dataset *dataset, uint32_t row) {
    mtmi_source_note note = dataset->sources[dataset->source_of[row]];
    const mtmi_source_note *own = &dataset->sources[0];
    if (note.publisher == NULL) {
        note.publisher = own->publisher;
        note.publisher_names = own->publisher_names;
    }
    note.revisions = own->revisions;
    note.title = note.title != NULL ? note.title : own->title;
    note.path = note.path != NULL ? note.path : own->path;
    note.accessed = note.accessed != NULL ? note.accessed : own->accessed;
    note.licence = note.licence != NULL ? note.licence : own->licence;
    return note;
}

static int copy_text(char **text, const char *from) {
    *text = mtmi_memory_copy_text(from);
    return from == NULL || *text != NULL;
}

static mtm_status cite(mtmi_writing *writing, const mtm_dataset *dataset, uint32_t row, mtm_error *err) {
    mtm_result *result = writing->result;
    const mtmi_source_note note = source_of(dataset, row);
    const mtm_period release = dataset->releases[dataset->release_of[row]].date;
    for (size_t i = 0; i < result->n_citations; i++) {
        mtmi_citation *citation = &result->citations[i];
        if (same_text(citation->dataset, mtmi_dataset_name(dataset)) && same_text(citation->source.path, note.path) &&
            same_text(citation->source.title, note.title)) {
            citation->release = release.last > citation->release.last ? release : citation->release;
            return MTM_OK;
        }
    }
    mtmi_citation *citation = grow(&result->citations, &result->n_citations, &writing->citations, sizeof *citation);
    if (citation == NULL || !mtmi_source_note_copy(&note, &citation->source) ||
        !copy_text(&citation->dataset, mtmi_dataset_name(dataset)) || !copy_text(&citation->file, dataset->file)) {
        return mtmi_error_memory(err);
    }
    citation->release = release;
    citation->obtained = dataset->obtained;
    citation->methodology_public = dataset->methodology_public;
    return MTM_OK;
}

static mtm_status add_source(mtmi_writing *writing, const mtm_dataset *dataset, const char *file,
                             const mtmi_release *release, mtm_error *err) {
    mtm_result *result = writing->result;
    const mtmi_step_source source = {keep(writing, mtmi_dataset_name(dataset)), keep(writing, file),
                                     keep(writing, release->edition), dataset->decimals, release->date};
    mtmi_step_source *entry =
        source.dataset != UINT32_MAX && source.file != UINT32_MAX && source.edition != UINT32_MAX
            ? grow(&result->step_sources, &result->n_step_sources, &writing->sources, sizeof source)
            : NULL;
    if (entry == NULL) {
        return mtmi_error_memory(err);
    }
    *entry = source;
    return MTM_OK;
}

/* The source of the step is the last one of the result, and cited. Most steps have that of the step before. */
static mtm_status take_source(mtmi_writing *writing, const mtm_dataset *dataset, uint32_t row, mtm_error *err) {
    const char *file = mtmi_dataset_file(dataset, row);
    const int32_t release = dataset->release_of[row], note = dataset->source_of[row];
    const int same = writing->last == dataset && writing->last_file == file && writing->last_release == release;
    if (same && writing->last_source == note) {
        return MTM_OK;
    }
    mtm_status status = same ? MTM_OK : add_source(writing, dataset, file, &dataset->releases[release], err);
    writing->last = dataset;
    writing->last_file = file;
    writing->last_release = release;
    writing->last_source = note;
    return status == MTM_OK ? cite(writing, dataset, row, err) : status;
}

static mtm_status write_step(mtmi_writing *writing, const mtmi_used *used, int part, uint32_t text, mtm_error *err) {
    mtm_result *result = writing->result;
    const mtm_dataset *dataset = used->dataset;
    const uint32_t row = used->row;
    MTMI_CHECK_STATUS(take_source(writing, dataset, row, err));
    result->steps[result->n_steps++] = (mtmi_step){dataset->values[row],
                                                   dataset->lines[row],
                                                   dataset->periods[row],
                                                   (uint32_t)result->n_step_sources - 1,
                                                   text,
                                                   dataset->columns[row],
                                                   (unsigned char)part,
                                                   (unsigned char)used->operation,
                                                   dataset->statuses[row]};
    return MTM_OK;
}

/* Room for n steps more, and the number of the text that they have. */
static mtm_status make_room(mtmi_writing *writing, size_t n, const char *row, uint32_t *text, mtm_error *err) {
    mtm_result *result = writing->result;
    void *table = result->steps;
    *text = n > 0 ? keep(writing, row) : 0;
    if (*text == UINT32_MAX ||
        !mtmi_memory_reserve(&table, &writing->steps, result->n_steps + n, sizeof *result->steps)) {
        return mtmi_error_memory(err);
    }
    result->steps = table;
    return MTM_OK;
}

mtm_status mtmi_write_step(mtmi_writing *writing, const mtmi_used *used, int part, const char *row, mtm_error *err) {
    uint32_t text;
    MTMI_CHECK_STATUS(make_room(writing, 1, row, &text, err));
    return write_step(writing, used, part, text, err);
}

mtm_status mtmi_write_steps(mtmi_writing *writing, const mtmi_trace *trace, int part, const char *row, mtm_error *err) {
    uint32_t text;
    MTMI_CHECK_STATUS(make_room(writing, trace->n, row, &text, err));
    for (size_t i = 0; i < trace->n; i++) {
        MTMI_CHECK_STATUS(write_step(writing, &trace->used[i], part, text, err));
    }
    if (!mtmi_statistic_divides(writing->result->statistic)) {
        int remainder = strcmp(row, "_O") == 0; /* its row comes after its steps */
        size_t n_rows = writing->result->n_rows;
        size_t index = part != MTM_LINEAGE_BREAKDOWN ? 0 : remainder ? n_rows : n_rows - 1;
        MTMI_CHECK_STATUS(mtmi_evidence_add(writing->evidence, writing->at, part, index, trace, err));
    }
    return MTM_OK;
}

/* ---- remarks: the table; what to say is collect_remarks.c's ---- */

mtmi_remark mtmi_remark_of(mtmi_remark_kind kind, int part) {
    mtmi_remark remark;
    memset(&remark, 0, sizeof remark);
    remark.kind = kind;
    remark.of = part;
    remark.period = remark.release = remark.release_b = MTMI_PERIOD_NONE;
    return remark;
}

static int same_remark(const mtmi_remark *a, const mtmi_remark *b) {
    return a->kind == b->kind && a->reason == b->reason && mtmi_period_same(a->period, b->period) &&
           mtmi_period_same(a->release, b->release) && a->has_a == b->has_a && a->has_b == b->has_b &&
           a->a.units == b->a.units && a->b.units == b->b.units && a->line == b->line && same_text(a->text, b->text) &&
           same_text(a->file, b->file);
}

mtm_status mtmi_write_remark(mtmi_writing *writing, const mtmi_remark *remark, mtm_error *err) {
    mtm_result *result = writing->result;
    for (size_t i = 0; i < result->n_remarks; i++) {
        if (same_remark(&result->remarks[i], remark)) {
            return MTM_OK;
        }
    }
    mtmi_remark *entry = grow(&result->remarks, &result->n_remarks, &writing->remarks, sizeof *entry);
    if (entry == NULL) {
        return mtmi_error_memory(err);
    }
    *entry = *remark;
    entry->text = entry->file = NULL;
    const int copied = mtmi_titles_copy(&remark->titles, &entry->titles);
    return copied && copy_text(&entry->text, remark->text) && copy_text(&entry->file, remark->file)
               ? MTM_OK
               : mtmi_error_memory(err);
}

/* ---- evidence: each observation once, its members in the order of their dimensions' names ---- */

void mtmi_evidence_free(mtmi_evidence *evidence) {
    if (evidence == NULL) {
        return;
    }
    for (size_t i = 0; i < evidence->n_observed; i++) {
        mtmi_memory_free(evidence->observed[i].family);
        mtmi_memory_free(evidence->observed[i].cell);
    }
    mtmi_map_free(&evidence->known);
    mtmi_memory_free(evidence->observed);
    mtmi_memory_free(evidence->numbers);
    mtmi_memory_free(evidence->terms);
    mtmi_memory_free(evidence);
}

static const mtmi_member *member_of(const mtm_dataset *dataset, size_t d, uint32_t row) {
    return &dataset->dimensions[d].members[dataset->dimensions[d].codes[row]];
}

/* The dimension whose name follows `last`, and in which the row is no total; n_dimensions for none. */
static size_t next_dimension(const mtm_dataset *dataset, uint32_t row, const char *last) {
    size_t best = dataset->n_dimensions;
    for (size_t d = 0; d < dataset->n_dimensions; d++) {
        int after = strcmp(dataset->dimensions[d].name, last) > 0;
        if (after && member_of(dataset, d, row)->kind != MTM_MEMBER_TOTAL &&
            (best == dataset->n_dimensions ||
             strcmp(dataset->dimensions[d].name, dataset->dimensions[best].name) < 0)) {
            best = d;
        }
    }
    return best;
}

/* A label that no code list knows may be a person's name: its digest tells it from others. */
static void name_member(mtmi_buffer *text, const mtmi_member *member) {
    mtmi_sha256 hash;
    unsigned char digest[32];
    char hex[65];
    if (member->kind != MTM_MEMBER_UNCLASSIFIED) {
        mtmi_buffer_text(text, member->code);
        return;
    }
    mtmi_sha256_start(&hash);
    mtmi_sha256_add(&hash, member->code, strlen(member->code));
    mtmi_sha256_finish(&hash, digest);
    mtmi_hash_hex(digest, 12, hex);
    mtmi_buffer_char(text, '?');
    mtmi_buffer_text(text, hex);
}

static int has_known(const mtmi_dimension *dimension) {
    for (size_t i = 0; i < dimension->n_members; i++) {
        if (dimension->members[i].kind == MTM_MEMBER_CODE) {
            return 1;
        }
    }
    return 0;
}

/* Whether labels of a dimension that no code list knows are the exception: where it has no others, they tell as much as
 * codes. Rows of one dataset come together. */
static int has_exceptions(mtmi_evidence *evidence, const mtm_dataset *dataset, size_t d) {
    if (d >= 64) {
        return 0;
    }
    if (evidence->exceptions_of != dataset) {
        evidence->exceptions_of = dataset;
        evidence->exceptions = 0;
        for (size_t i = 0; i < dataset->n_dimensions && i < 64; i++) {
            evidence->exceptions |= has_known(&dataset->dimensions[i]) ? (uint64_t)1 << i : 0;
        }
    }
    return (evidence->exceptions >> d & 1) != 0;
}

static char *name_cell(mtmi_evidence *evidence, const mtm_dataset *dataset, uint32_t row, unsigned char *loose) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    const char *last = "";
    for (size_t d; (d = next_dimension(dataset, row, last)) < dataset->n_dimensions;) {
        const mtmi_member *member = member_of(dataset, d, row);
        last = dataset->dimensions[d].name;
        *loose |= member->kind == MTM_MEMBER_UNCLASSIFIED && has_exceptions(evidence, dataset, d);
        mtmi_buffer_format(&text, "%s%s=%s", text.size > 0 ? "|" : "", last,
                           member->kind == MTM_MEMBER_GROUP ? "*" : "");
        name_member(&text, member);
    }
    char *copy = text.failed ? NULL : mtmi_memory_copy_text(text.data != NULL ? text.data : "");
    mtmi_buffer_free(&text);
    return copy;
}

static char *name_family(const mtm_dataset *dataset) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    mtmi_buffer_format(&text, "%s|%s|%d|%d", mtmi_dataset_concept(dataset), mtmi_dataset_unit(dataset),
                       (int)dataset->kind, dataset->multiplier);
    char *copy = text.failed ? NULL : mtmi_memory_copy_text(text.data);
    mtmi_buffer_free(&text);
    return copy;
}

/* What tells observations apart. */
typedef struct observed_key {
    const mtm_dataset *dataset;
    uint64_t row;
} observed_key;

/* The number of an observation; UINT32_MAX when memory ran out. */
static uint32_t keep_observed(mtmi_evidence *evidence, const mtm_dataset *dataset, uint32_t row) {
    const observed_key key = {dataset, row};
    void *table = evidence->observed;
    uint32_t at = mtmi_map_add(&evidence->known, &key, sizeof key);
    if (at == MTMI_MAP_NONE || at < evidence->n_observed) {
        return at;
    }
    if (!mtmi_memory_reserve(&table, &evidence->observed_capacity, evidence->n_observed + 1,
                             sizeof *evidence->observed)) {
        return MTMI_MAP_NONE;
    }
    evidence->observed = table;
    mtmi_observed *observed = &evidence->observed[evidence->n_observed++];
    memset(observed, 0, sizeof *observed);
    observed->family = name_family(dataset);
    observed->cell = name_cell(evidence, dataset, row, &observed->loose);
    observed->period = dataset->periods[row];
    observed->release = dataset->releases[dataset->release_of[row]].date;
    observed->units = dataset->values[row];
    observed->decimals = dataset->decimals;
    observed->is_flow = dataset->kind == MTM_KIND_FLOW;
    observed->controlled = dataset->microdata || dataset->confidential;
    observed->selected = dataset->selected != 0;
    observed->persons = dataset->microdata != 0 && !mtmi_dataset_is_amount(dataset);
    observed->amount = (unsigned char)(mtmi_dataset_is_amount(dataset) != 0);
    observed->by = dataset->contributions != NULL ? dataset->contributions[row] : (mtmi_contribution){-1, 0, 0};
    return observed->family != NULL && observed->cell != NULL ? at : MTMI_MAP_NONE;
}

const mtm_dataset *mtmi_evidence_source(const mtmi_evidence *evidence, uint32_t observed, uint32_t *row) {
    size_t length;
    observed_key key;
    memcpy(&key, mtmi_map_key(&evidence->known, observed, &length), sizeof key);
    *row = (uint32_t)key.row;
    return key.dataset;
}

int mtmi_evidence_note(mtmi_evidence *evidence, const mtm_dataset *dataset, uint32_t row) {
    return keep_observed(evidence, dataset, row) != MTMI_MAP_NONE;
}

static int is_last(const mtmi_evidence *evidence, size_t result, int place, size_t index) {
    if (evidence->n_numbers == 0) {
        return 0;
    }
    const mtmi_evidence_number *last = &evidence->numbers[evidence->n_numbers - 1];
    return last->result == result && last->place == place && last->index == index;
}

static int start_number(mtmi_evidence *evidence, size_t result, int place, size_t index) {
    void *table = evidence->numbers;
    if (!mtmi_memory_reserve(&table, &evidence->numbers_capacity, evidence->n_numbers + 1, sizeof *evidence->numbers)) {
        return 0;
    }
    evidence->numbers = table;
    evidence->numbers[evidence->n_numbers++] =
        (mtmi_evidence_number){(uint32_t)result, (uint32_t)index, place, evidence->n_terms, 0};
    return 1;
}

mtm_status mtmi_evidence_add(mtmi_evidence *evidence, size_t result, int place, size_t index,
                             const struct mtmi_trace *trace, mtm_error *err) {
    if (evidence == NULL) {
        return MTM_OK;
    }
    if (!is_last(evidence, result, place, index) && !start_number(evidence, result, place, index)) {
        return mtmi_error_memory(err);
    }
    void *table = evidence->terms;
    if (!mtmi_memory_reserve(&table, &evidence->terms_capacity, evidence->n_terms + trace->n + 1,
                             sizeof *evidence->terms)) {
        return mtmi_error_memory(err);
    }
    evidence->terms = table;
    for (size_t i = 0; i < trace->n; i++) {
        uint32_t at = keep_observed(evidence, trace->used[i].dataset, trace->used[i].row);
        if (at == MTMI_MAP_NONE) {
            return mtmi_error_memory(err);
        }
        evidence->terms[evidence->n_terms++] =
            (mtmi_evidence_term){at, trace->used[i].operation == MTM_OPERATION_SUBTRACT ? -1 : 1};
        evidence->numbers[evidence->n_numbers - 1].n++;
    }
    return MTM_OK;
}

mtm_status mtmi_evidence_add_row(mtmi_evidence *evidence, size_t result, size_t index, const mtm_dataset *dataset,
                                 uint32_t row, mtm_error *err) {
    void *table = evidence->terms;
    uint32_t at = keep_observed(evidence, dataset, row);
    if (at == MTMI_MAP_NONE || !start_number(evidence, result, MTM_LINEAGE_BREAKDOWN, index) ||
        !mtmi_memory_reserve(&table, &evidence->terms_capacity, evidence->n_terms + 1, sizeof *evidence->terms)) {
        return mtmi_error_memory(err);
    }
    evidence->terms = table;
    evidence->terms[evidence->n_terms++] = (mtmi_evidence_term){at, 1};
    evidence->numbers[evidence->n_numbers - 1].n = 1;
    return MTM_OK;
}

void mtmi_evidence_reverse(mtmi_evidence *evidence, size_t result, size_t n_points) {
    for (size_t i = evidence != NULL ? evidence->n_numbers : 0; i-- > 0 && evidence->numbers[i].result == result;) {
        if (evidence->numbers[i].place == MTMI_EVIDENCE_POINT) {
            evidence->numbers[i].index = (uint32_t)(n_points - 1 - evidence->numbers[i].index);
        }
    }
}

void mtmi_evidence_forget(mtmi_evidence *evidence, size_t result, int place) {
    while (evidence != NULL && evidence->n_numbers > 0) {
        const mtmi_evidence_number *last = &evidence->numbers[evidence->n_numbers - 1];
        if (last->result != result || last->place != place) {
            return;
        }
        evidence->n_terms = last->first;
        evidence->n_numbers--;
    }
}

int mtmi_evidence_is_controlled(const mtmi_evidence *evidence, size_t result) {
    for (size_t i = evidence != NULL ? evidence->n_numbers : 0; i-- > 0 && evidence->numbers[i].result == result;) {
        const mtmi_evidence_number *number = &evidence->numbers[i];
        for (size_t k = number->first; k < number->first + number->n; k++) {
            if (evidence->observed[evidence->terms[k].observed].controlled) {
                return 1;
            }
        }
    }
    return 0;
}

mtm_status mtmi_evidence_new(const mtm_package *package, mtmi_evidence **out, mtm_error *err) {
    int controlled = 0;
    for (size_t i = 0; i < package->n_datasets; i++) {
        controlled |= package->datasets[i]->microdata || package->datasets[i]->confidential;
    }
    *out = controlled ? mtmi_memory_new(1, sizeof **out) : NULL;
    return controlled && *out == NULL ? mtmi_error_memory(err) : MTM_OK;
}
