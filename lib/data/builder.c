/* Builds a dataset from dimensions, members, releases and observations, and freezes it. Columns grow by half; cells
 * given twice are found at the end, by one sort of row numbers. */
#include "data/builder.h"

#include "base/buffer.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/try.h"
#include "period/period.h"

#include <string.h>

struct mtmi_builder {
    mtm_dataset *dataset;
    size_t capacity; /* of every column of observations */
    size_t contributions_capacity;
    size_t codes_capacity[MTMI_DIMENSIONS_MAX];
    size_t members_capacity[MTMI_DIMENSIONS_MAX];
    size_t dimensions_capacity, releases_capacity, sources_capacity, notes_capacity, findings_capacity;
    mtmi_map members[MTMI_DIMENSIONS_MAX]; /* where what is there already is found: same numbers as in the dataset */
    mtmi_map releases, sources, notes;
    mtmi_buffer key;
};

static mtm_status no_memory(mtm_error *err) {
    return mtmi_error_memory(err);
}

mtm_status mtmi_builder_new(mtmi_builder **out, mtm_error *err) {
    mtmi_builder *builder = mtmi_memory_new(1, sizeof *builder);
    *out = NULL;
    if (builder != NULL) {
        builder->dataset = mtmi_memory_new(1, sizeof *builder->dataset);
    }
    if (builder == NULL || builder->dataset == NULL) {
        mtmi_builder_free(builder);
        return no_memory(err);
    }
    builder->dataset->kind = MTM_KIND_FLOW;
    builder->dataset->methodology_public = -1;
    builder->dataset->component.level = -1;
    int32_t zero = 0;
    const mtmi_source_note none = {.publisher = NULL};
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_builder_add_release(builder, MTMI_PERIOD_NONE, "", &zero, err));
    MTMI_TRY(mtmi_builder_add_source(builder, &none, &zero, err));
out:
    if (status != MTM_OK) {
        mtmi_builder_free(builder);
        return status;
    }
    *out = builder;
    return MTM_OK;
}

void mtmi_builder_free(mtmi_builder *builder) {
    if (builder != NULL) {
        for (size_t i = 0; i < MTMI_DIMENSIONS_MAX; i++) {
            mtmi_map_free(&builder->members[i]);
        }
        mtmi_map_free(&builder->releases);
        mtmi_map_free(&builder->sources);
        mtmi_map_free(&builder->notes);
        mtmi_buffer_free(&builder->key);
        mtm_dataset_free(builder->dataset);
        mtmi_memory_free(builder);
    }
}

mtm_dataset *mtmi_builder_dataset(mtmi_builder *builder) {
    return builder->dataset;
}

/* Room for one more entry in a table. */
#define RESERVE(table, capacity, n) reserve((void **)&(table), &(capacity), (n) + 1, sizeof *(table))

static int reserve(void **table, size_t *capacity, size_t needed, size_t size) {
    return mtmi_memory_reserve(table, capacity, needed, size);
}

/* Observations made before a dimension came belong to its total. */
static int fill_codes(mtmi_builder *builder, size_t d) {
    mtmi_dimension *dimension = &builder->dataset->dimensions[d];
    void *codes = dimension->codes;
    if (!mtmi_memory_reserve(&codes, &builder->codes_capacity[d], builder->capacity + 1, sizeof *dimension->codes)) {
        return 0;
    }
    dimension->codes = codes;
    memset(codes, 0, builder->dataset->n * sizeof *dimension->codes);
    return 1;
}

mtm_status mtmi_builder_add_dimension(mtmi_builder *builder, const char *name, const mtm_codelist *list, int32_t *out,
                                      mtm_error *err) {
    mtm_dataset *dataset = builder->dataset;
    int found = mtmi_dataset_find_dimension(dataset, name);
    if (found >= 0) {
        *out = found;
        return MTM_OK;
    }
    if (dataset->n_dimensions == MTMI_DIMENSIONS_MAX) {
        return mtmi_error_set(err, MTM_ERROR_LIMIT, 0, (mtmi_place){name, 0, 0}, "found more than %d dimensions",
                              MTMI_DIMENSIONS_MAX);
    }
    if (!RESERVE(dataset->dimensions, builder->dimensions_capacity, dataset->n_dimensions)) {
        return no_memory(err);
    }
    size_t d = dataset->n_dimensions;
    memset(&dataset->dimensions[d], 0, sizeof dataset->dimensions[d]);
    dataset->dimensions[d].name = mtmi_memory_copy_text(name);
    dataset->dimensions[d].list = list;
    if (dataset->dimensions[d].name == NULL) {
        return no_memory(err);
    }
    dataset->n_dimensions++;
    *out = (int32_t)d;
    int32_t total = 0; /* always member 0 */
    MTMI_CHECK_STATUS(mtmi_builder_add_member(builder, (int32_t)d, MTM_MEMBER_TOTAL, "_T", -1, NULL, 0, &total, err));
    return !fill_codes(builder, d) ? no_memory(err) : MTM_OK;
}

/* One text after the other, each with its NUL; an absent one is told from an empty one. */
static void add_key(mtmi_builder *builder, const char *text) {
    mtmi_buffer_add(&builder->key, text != NULL ? "=" : "-", 1);
    mtmi_buffer_add(&builder->key, text != NULL ? text : "", text != NULL ? strlen(text) + 1 : 1);
}

static uint32_t find(const mtmi_builder *builder, const mtmi_map *map) {
    return mtmi_map_find(map, builder->key.data, builder->key.size);
}

/* Gives the entry just added its number, which is that of the table. */
static mtm_status remember(const mtmi_builder *builder, mtmi_map *map, mtm_error *err) {
    return mtmi_map_add(map, builder->key.data, builder->key.size) == MTMI_MAP_NONE ? mtmi_error_memory(err) : MTM_OK;
}

static uint32_t find_member(mtmi_builder *builder, int32_t dimension, mtm_member_kind kind, const char *code) {
    char number = (char)('0' + (int)kind);
    mtmi_buffer_clear(&builder->key);
    mtmi_buffer_add(&builder->key, &number, 1);
    add_key(builder, code);
    return builder->key.failed ? MTMI_MAP_NONE : find(builder, &builder->members[dimension]);
}

mtm_status mtmi_builder_add_member(mtmi_builder *builder, int32_t dimension, mtm_member_kind kind, const char *code,
                                   int32_t list_index, const char *label, int64_t line, int32_t *out, mtm_error *err) {
    uint32_t known = find_member(builder, dimension, kind, code);
    if (known != MTMI_MAP_NONE) {
        *out = (int32_t)known;
        return MTM_OK;
    }
    return mtmi_builder_append_member(builder, dimension, kind, code, list_index, label, line, out, err);
}

mtm_status mtmi_builder_append_member(mtmi_builder *builder, int32_t dimension, mtm_member_kind kind, const char *code,
                                      int32_t list_index, const char *label, int64_t line, int32_t *out,
                                      mtm_error *err) {
    mtmi_dimension *d = &builder->dataset->dimensions[dimension];
    (void)find_member(builder, dimension, kind, code); /* its key, for remember() */
    if (builder->key.failed || d->n_members >= INT32_MAX ||
        !RESERVE(d->members, builder->members_capacity[dimension], d->n_members)) {
        return no_memory(err);
    }
    mtmi_member *member = &d->members[d->n_members];
    memset(member, 0, sizeof *member);
    member->code = mtmi_memory_copy_text(code);
    member->label = mtmi_memory_copy_text(label);
    member->kind = kind;
    member->index = list_index;
    member->first_line = line;
    if (member->code == NULL || (label != NULL && member->label == NULL) ||
        remember(builder, &builder->members[dimension], NULL) != MTM_OK) {
        mtmi_memory_free(member->code);
        mtmi_memory_free(member->label);
        return no_memory(err);
    }
    *out = (int32_t)d->n_members++;
    return MTM_OK;
}

mtm_status mtmi_builder_add_release(mtmi_builder *builder, mtm_period date, const char *edition, int32_t *out,
                                    mtm_error *err) {
    mtm_dataset *dataset = builder->dataset;
    mtmi_buffer_clear(&builder->key);
    mtmi_buffer_add(&builder->key, (const char *)&date, sizeof date);
    add_key(builder, edition);
    uint32_t known = builder->key.failed ? MTMI_MAP_NONE : find(builder, &builder->releases);
    if (known != MTMI_MAP_NONE) {
        *out = (int32_t)known;
        return MTM_OK;
    }
    if (builder->key.failed || !RESERVE(dataset->releases, builder->releases_capacity, dataset->n_releases)) {
        return no_memory(err);
    }
    mtmi_release *release = &dataset->releases[dataset->n_releases];
    memset(release, 0, sizeof *release);
    release->date = date;
    strncpy(release->edition, edition, sizeof release->edition - 1);
    MTMI_CHECK_STATUS(remember(builder, &builder->releases, err));
    *out = (int32_t)dataset->n_releases++;
    return MTM_OK;
}

mtm_status mtmi_builder_add_source(mtmi_builder *builder, const mtmi_source_note *source, int32_t *out,
                                   mtm_error *err) {
    mtm_dataset *dataset = builder->dataset;
    mtmi_buffer_clear(&builder->key);
    add_key(builder, source->publisher);
    add_key(builder, source->title);
    add_key(builder, source->path);
    uint32_t known = builder->key.failed ? MTMI_MAP_NONE : find(builder, &builder->sources);
    if (known != MTMI_MAP_NONE) {
        *out = (int32_t)known;
        return MTM_OK;
    }
    if (builder->key.failed || !RESERVE(dataset->sources, builder->sources_capacity, dataset->n_sources)) {
        return no_memory(err);
    }
    if (!mtmi_source_note_copy(source, &dataset->sources[dataset->n_sources]) ||
        remember(builder, &builder->sources, NULL) != MTM_OK) {
        mtmi_source_note_free(&dataset->sources[dataset->n_sources]);
        return no_memory(err);
    }
    *out = (int32_t)dataset->n_sources++;
    return MTM_OK;
}

mtm_status mtmi_builder_add_note(mtmi_builder *builder, const char *note, int32_t *out, mtm_error *err) {
    mtm_dataset *dataset = builder->dataset;
    mtmi_buffer_clear(&builder->key);
    add_key(builder, note);
    uint32_t known = builder->key.failed ? MTMI_MAP_NONE : find(builder, &builder->notes);
    if (known != MTMI_MAP_NONE) {
        *out = (int32_t)known;
        return MTM_OK;
    }
    if (builder->key.failed || !RESERVE(dataset->notes, builder->notes_capacity, dataset->n_notes)) {
        return no_memory(err);
    }
    dataset->notes[dataset->n_notes] = mtmi_memory_copy_text(note);
    if (dataset->notes[dataset->n_notes] == NULL || remember(builder, &builder->notes, NULL) != MTM_OK) {
        mtmi_memory_free(dataset->notes[dataset->n_notes]);
        return no_memory(err);
    }
    *out = (int32_t)dataset->n_notes++;
    return MTM_OK;
}

mtm_status mtmi_builder_add_file(mtmi_builder *builder, const char *file, mtm_error *err) {
    mtm_dataset *dataset = builder->dataset;
    mtmi_dataset_part *parts = mtmi_memory_resize(dataset->parts, dataset->n_parts + 1, sizeof *parts);
    if (parts == NULL) {
        return no_memory(err);
    }
    dataset->parts = parts;
    parts[dataset->n_parts].first = dataset->n;
    parts[dataset->n_parts].file = mtmi_memory_copy_text(file);
    if (parts[dataset->n_parts].file == NULL) {
        return no_memory(err);
    }
    dataset->n_parts++;
    return MTM_OK;
}

/* Every column takes one more. */
static int grow_columns(mtmi_builder *builder) {
    mtm_dataset *dataset = builder->dataset;
    size_t capacity = builder->capacity == 0 ? 64 : builder->capacity + builder->capacity / 2;
    struct {
        void **column;
        size_t size;
    } const columns[] = {
        {(void **)&dataset->periods, sizeof *dataset->periods},
        {(void **)&dataset->values, sizeof *dataset->values},
        {(void **)&dataset->lines, sizeof *dataset->lines},
        {(void **)&dataset->statuses, sizeof *dataset->statuses},
        {(void **)&dataset->columns, sizeof *dataset->columns},
        {(void **)&dataset->release_of, sizeof *dataset->release_of},
        {(void **)&dataset->source_of, sizeof *dataset->source_of},
        {(void **)&dataset->note_of, sizeof *dataset->note_of},
    };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        void *bigger = mtmi_memory_resize(*columns[i].column, capacity, columns[i].size);
        if (bigger == NULL) {
            return 0;
        }
        *columns[i].column = bigger;
    }
    for (size_t d = 0; d < dataset->n_dimensions; d++) {
        void *codes = dataset->dimensions[d].codes;
        if (!mtmi_memory_reserve(&codes, &builder->codes_capacity[d], capacity, sizeof(int32_t))) {
            return 0;
        }
        dataset->dimensions[d].codes = codes;
    }
    builder->capacity = capacity;
    return 1;
}

/* Of those that nobody has said anything of yet, nothing is known. */
static int grow_contributions(mtmi_builder *builder) {
    mtm_dataset *dataset = builder->dataset;
    void *table = dataset->contributions;
    size_t before = builder->contributions_capacity;
    if (!mtmi_memory_reserve(&table, &builder->contributions_capacity, builder->capacity, sizeof(mtmi_contribution))) {
        return 0;
    }
    dataset->contributions = table;
    for (size_t i = before; i < builder->contributions_capacity; i++) {
        dataset->contributions[i] = (mtmi_contribution){-1, 0, 0};
    }
    return 1;
}

mtm_status mtmi_builder_add(mtmi_builder *builder, const mtmi_observation *observation, mtm_error *err) {
    mtm_dataset *dataset = builder->dataset;
    if ((dataset->n == builder->capacity && !grow_columns(builder)) ||
        (dataset->contributions != NULL && !grow_contributions(builder))) {
        return no_memory(err);
    }
    size_t i = dataset->n++;
    dataset->periods[i] = observation->period;
    dataset->values[i] = observation->value;
    dataset->lines[i] = observation->line;
    dataset->statuses[i] = observation->status;
    dataset->columns[i] = observation->column;
    dataset->release_of[i] = observation->release;
    dataset->source_of[i] = observation->source;
    dataset->note_of[i] = observation->note;
    for (size_t d = 0; d < dataset->n_dimensions; d++) {
        int32_t code = observation->codes[d] >= 0 ? observation->codes[d] : 0;
        dataset->dimensions[d].codes[i] = code;
        dataset->dimensions[d].members[code].n_rows++;
    }
    return MTM_OK;
}

static void add_members(mtmi_dimension *dimension, const int32_t *members, size_t first, size_t n) {
    memcpy(dimension->codes + first, members, n * sizeof *members);
    for (size_t i = 0; i < n; i++) {
        dimension->members[members[i]].n_rows++;
    }
}

static void add_code(mtmi_dimension *dimension, int32_t code, size_t first, size_t n) {
    code = code >= 0 ? code : 0;
    for (size_t i = first; i < first + n; i++) {
        dimension->codes[i] = code;
    }
    dimension->members[code].n_rows += (int64_t)n;
}

mtm_status mtmi_builder_add_rows(mtmi_builder *builder, const mtmi_observed_rows *rows, size_t n, mtm_error *err) {
    mtm_dataset *dataset = builder->dataset;
    const size_t first = dataset->n;
    while (builder->capacity - first < n) {
        MTMI_CHECK_STATUS(grow_columns(builder) ? MTM_OK : no_memory(err));
    }
    MTMI_CHECK_STATUS(dataset->contributions == NULL || grow_contributions(builder) ? MTM_OK : no_memory(err));
    memcpy(dataset->periods + first, rows->periods, n * sizeof *rows->periods);
    memcpy(dataset->values + first, rows->values, n * sizeof *rows->values);
    memset(dataset->statuses + first, 'A', n);
    memset(dataset->release_of + first, 0, n * sizeof *dataset->release_of);
    memset(dataset->source_of + first, 0, n * sizeof *dataset->source_of);
    for (size_t i = 0; i < n; i++) {
        dataset->lines[first + i] = rows->line + (int64_t)i;
        dataset->columns[first + i] = rows->column;
        dataset->note_of[first + i] = -1;
    }
    for (size_t d = 0; d < dataset->n_dimensions; d++) {
        if (rows->members[d] != NULL) {
            add_members(&dataset->dimensions[d], rows->members[d], first, n);
        } else {
            add_code(&dataset->dimensions[d], rows->codes[d], first, n);
        }
    }
    dataset->n += n;
    return MTM_OK;
}

mtm_status mtmi_builder_add_contribution(mtmi_builder *builder, const mtmi_contribution *contribution, mtm_error *err) {
    if (!grow_contributions(builder)) {
        return no_memory(err);
    }
    builder->dataset->contributions[builder->dataset->n - 1] = *contribution;
    return MTM_OK;
}

mtm_status mtmi_builder_add_finding(mtmi_builder *builder, const mtmi_finding *finding, mtm_error *err) {
    mtm_dataset *dataset = builder->dataset;
    if (!RESERVE(dataset->findings, builder->findings_capacity, dataset->n_findings)) {
        return no_memory(err);
    }
    mtmi_finding *copy = &dataset->findings[dataset->n_findings];
    *copy = *finding;
    copy->label = mtmi_memory_copy_text(finding->label);
    if (finding->label != NULL && copy->label == NULL) {
        return no_memory(err);
    }
    dataset->n_findings++;
    return MTM_OK;
}

void mtmi_builder_parts_incomplete(mtmi_builder *builder, int32_t dimension) {
    if (dimension >= 0 && (size_t)dimension < builder->dataset->n_dimensions) {
        builder->dataset->dimensions[dimension].selection = 1;
    }
}

mtm_status mtmi_builder_add_framed(mtmi_builder *builder, int32_t dimension, const mtmi_framed *member,
                                   mtm_error *err) {
    mtmi_dimension *d = &builder->dataset->dimensions[dimension];
    for (size_t i = 0; i < d->n_frame; i++) {
        if (strcmp(d->frame[i].code, member->code) == 0) {
            return MTM_OK;
        }
    }
    mtmi_framed *frame = mtmi_memory_resize(d->frame, d->n_frame + 1, sizeof *frame);
    if (frame == NULL) {
        return no_memory(err);
    }
    d->frame = frame;
    mtmi_framed *own = &frame[d->n_frame];
    *own =
        (mtmi_framed){mtmi_memory_copy_text(member->code), member->valid, mtmi_memory_copy_text(member->predecessor)};
    d->n_frame++;
    return own->code == NULL || (member->predecessor != NULL && own->predecessor == NULL) ? no_memory(err) : MTM_OK;
}

mtm_dataset *mtmi_builder_take(mtmi_builder *builder) {
    mtm_dataset *dataset = builder->dataset;

    if (dataset->n_notes == 0) {
        mtmi_memory_free(dataset->note_of);
        dataset->note_of = NULL;
    }
    builder->dataset = NULL;
    return dataset;
}
