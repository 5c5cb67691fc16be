/* Writes the persons behind findings of surveys as rows of results, so that one protector, one audit and one ledger see
 * them as any counted rows: the base of a group, those who gave an answer, and those who did not. Persons count, never
 * weights. Each answer is a family of its own, in which the base is exactly those who gave it and those who did not.
 * Invariant: a line is shown only where all its rows are. */
#include "disclosure/survey_numbers.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"

#include <string.h>

#define NO_ROW UINT32_MAX
#define PIECES_MAX 40

/* ---- the name of a group: "age=18-24|sex=F", by name ---- */

typedef struct cell_name {
    char *pieces[PIECES_MAX];
    size_t n;
    int failed;
} cell_name;

static int compare_pieces(const void *context, const void *a, const void *b) {
    const char *left = *(char *const *)a, *right = *(char *const *)b;
    size_t m = strcspn(left, "="), n = strcspn(right, "=");
    int order = memcmp(left, right, m < n ? m : n);
    (void)context;
    return order != 0 ? order : m != n ? (m > n) - (m < n) : strcmp(left + m, right + n);
}

/* "sex=F", or "age=18-24|25-34", which is a part of no other age. */
static void add_piece(cell_name *name, const char *text, size_t length) {
    mtmi_buffer piece = MTMI_BUFFER_INIT;
    size_t column = 0;
    while (column < length && text[column] != '=') {
        column++;
    }
    int several = memchr(text, '|', length) != NULL;
    mtmi_buffer_text(&piece, several ? "(any of) " : "");
    for (size_t i = 0; i < length; i++) {
        int group = i == column + 1 && text[i] == '*'; /* the mark of country groups */
        mtmi_buffer_char(&piece, text[i] == '|' || group || (several && i == column) ? '/' : text[i]);
    }
    mtmi_buffer_text(&piece, several ? "=1" : "");
    char *copy = piece.failed || name->n == PIECES_MAX ? NULL : mtmi_memory_copy_text(piece.data);
    mtmi_buffer_free(&piece);
    name->failed |= copy == NULL;
    if (copy != NULL) {
        name->pieces[name->n++] = copy;
    }
}

static void add_pieces(cell_name *name, const char *text, size_t length) {
    while (length > 0) {
        size_t n = 0;
        while (n < length && text[n] != ';') {
            n++;
        }
        add_piece(name, text, n);
        text += n < length ? n + 1 : n;
        length -= n < length ? n + 1 : n;
    }
}

static char *write_cell(cell_name *name) {
    mtmi_buffer out = MTMI_BUFFER_INIT;
    int ok = !name->failed && mtmi_sort(name->pieces, name->n, sizeof *name->pieces, compare_pieces, NULL);
    for (size_t i = 0; ok && i < name->n; i++) {
        if (i == 0 || strcmp(name->pieces[i], name->pieces[i - 1]) != 0) {
            mtmi_buffer_text(&out, i > 0 ? "|" : "");
            mtmi_buffer_text(&out, name->pieces[i]);
        }
    }
    char *cell = !ok || out.failed ? NULL : mtmi_memory_copy_text(out.data == NULL ? "" : out.data);
    mtmi_buffer_free(&out);
    for (size_t i = 0; i < name->n; i++) {
        mtmi_memory_free(name->pieces[i]);
    }
    return cell;
}

/* ---- rows ---- */

typedef struct numbering {
    mtmi_survey_numbers *to;
    const mtmi_survey_findings *findings;
    const mtmi_survey_finding *finding;
    uint32_t result; /* at hand */
    mtmi_map known;  /* observations, by family and cell */
    mtm_error *err;
} numbering;

/* Another round of the same name has other interviews: their number tells rounds apart. given: 1 and 0 for those who gave the answer and those who did not, -1 for all. */
static mtm_status name_observed(const numbering *at, const mtmi_survey_line *line, const char *group, size_t length,
                                int given, mtmi_observed *out) {
    const mtmi_survey_source *source = &at->findings->sources[at->finding->source];
    mtmi_buffer family = MTMI_BUFFER_INIT;
    cell_name name = {.n = 0};
    mtmi_buffer_format(&family, "survey;%s;%lld;%s;%s", source->resource, (long long)line->of.rows,
                       at->finding->question != NULL ? at->finding->question : at->finding->id, line->answer);
    if (strcmp(line->of.statistic, "ratio") == 0) { /* its base answered two questions */
        mtmi_buffer_format(&family, ";ratio;%s", at->finding->id);
    }
    add_pieces(&name, group, length);
    if (at->finding->where != NULL) {
        add_pieces(&name, at->finding->where, strlen(at->finding->where));
    }
    if (given >= 0) {
        add_piece(&name, given ? "(answer)=1" : "(answer)=0", 10);
    }
    *out = (mtmi_observed){.family = family.failed ? NULL : mtmi_memory_copy_text(family.data),
                           .cell = write_cell(&name),
                           .controlled = 1,
                           .persons = 1,
                           .by = {.contributors = -1}};
    mtmi_buffer_free(&family);
    return out->family != NULL && out->cell != NULL ? MTM_OK : mtmi_error_memory(at->err);
}

/* The number of an observation; the names are taken, or freed where it is known. */
static mtm_status keep_observed(numbering *at, mtmi_observed *observed, uint32_t *out) {
    mtmi_evidence *evidence = at->to->results->evidence;
    mtmi_buffer key = MTMI_BUFFER_INIT;
    void *table = evidence->observed;
    mtmi_buffer_format(&key, "%zu:%s%s", strlen(observed->family), observed->family, observed->cell);
    *out = key.failed ? MTMI_MAP_NONE : mtmi_map_add(&at->known, key.data, key.size);
    mtmi_buffer_free(&key);
    int is_new = *out != MTMI_MAP_NONE && *out == evidence->n_observed;
    int room = !is_new || mtmi_memory_reserve(&table, &evidence->observed_capacity, evidence->n_observed + 1,
                                              sizeof *evidence->observed);
    evidence->observed = table;
    if (is_new && room) {
        evidence->observed[evidence->n_observed++] = *observed;
    } else {
        mtmi_memory_free(observed->family);
        mtmi_memory_free(observed->cell);
    }
    return *out != MTMI_MAP_NONE && room ? MTM_OK : mtmi_error_memory(at->err);
}

static mtm_status add_row(numbering *at, uint32_t observed, int64_t value, uint32_t *out) {
    mtmi_evidence *evidence = at->to->results->evidence;
    mtm_result *result = &at->to->results->results[at->result];
    void *numbers = evidence->numbers, *terms = evidence->terms;
    int room =
        mtmi_memory_reserve(&numbers, &evidence->numbers_capacity, evidence->n_numbers + 1, sizeof *evidence->numbers);
    evidence->numbers = numbers;
    room =
        room && mtmi_memory_reserve(&terms, &evidence->terms_capacity, evidence->n_terms + 1, sizeof *evidence->terms);
    evidence->terms = terms;
    if (!room) {
        return mtmi_error_memory(at->err);
    }
    *out = (uint32_t)result->n_rows;
    mtmi_result_row *row = &result->rows[result->n_rows++];
    row->before = *out;
    row->row.kind = MTM_MEMBER_UNKNOWN;
    row->row.has_value = 1;
    row->row.value = (mtm_decimal){value, 0, 0};
    evidence->numbers[evidence->n_numbers++] =
        (mtmi_evidence_number){at->result, *out, MTM_LINEAGE_BREAKDOWN, evidence->n_terms, 1};
    evidence->terms[evidence->n_terms++] = (mtmi_evidence_term){observed, 1};
    return MTM_OK;
}

static mtm_status add_number(numbering *at, const mtmi_survey_line *line, int given, int64_t value, uint32_t *out) {
    mtmi_observed observed;
    uint32_t number;
    mtm_status status = name_observed(at, line, line->group, strlen(line->group), given, &observed);
    observed.units = value;
    if (status != MTM_OK) {
        mtmi_memory_free(observed.family);
        mtmi_memory_free(observed.cell);
        return status;
    }
    status = keep_observed(at, &observed, &number);
    return status == MTM_OK ? add_row(at, number, value, out) : status;
}

static mtm_status add_place(numbering *at, mtmi_survey_line *line) {
    mtmi_survey_place *place = &at->to->places[at->to->n_places++];
    int has_answer = line->answer[0] != '\0';
    *place = (mtmi_survey_place){line, at->result, {NO_ROW, NO_ROW, NO_ROW}};
    if (has_answer) { /* before the base: of two that may go, the first does */
        MTMI_CHECK_STATUS(add_number(at, line, 1, line->of.contributors, &place->rows[1]));
        MTMI_CHECK_STATUS(add_number(at, line, 0, line->of.n - line->of.contributors, &place->rows[2]));
    }
    return add_number(at, line, -1, line->of.n, &place->rows[0]);
}

/* Differences are made of lines that stand beside them. */
static int has_persons(const mtmi_survey_line *line) {
    return line->kind <= MTMI_SURVEY_GROUP && line->of.n >= 0 && line->of.contributors >= 0;
}

static mtm_status add_finding(numbering *at, const mtmi_survey_finding *finding) {
    mtm_result *result = &at->to->results->results[at->result];
    at->finding = finding;
    result->id = mtmi_memory_copy_text(finding->id);
    result->rows = mtmi_memory_new(3 * finding->n_lines + 1, sizeof *result->rows);
    result->flags = MTM_FLAG_MICRODATA;
    if (result->id == NULL || result->rows == NULL) {
        return mtmi_error_memory(at->err);
    }
    for (size_t i = 0; i < finding->n_lines; i++) {
        if (has_persons(&finding->lines[i])) {
            MTMI_CHECK_STATUS(add_place(at, &finding->lines[i]));
        }
    }
    return MTM_OK;
}

mtm_status mtmi_survey_numbers_read(mtmi_survey_numbers *numbers, const mtmi_survey_findings *findings, int sensitive,
                                    int threshold, mtm_error *err) {
    numbering at = {.to = numbers, .findings = findings, .err = err};
    size_t n_lines = 0, n = 0;
    mtm_status status = MTM_OK;
    numbers->threshold = threshold;
    for (size_t i = 0; i < findings->n; i++) {
        n_lines += findings->all[i].n_lines;
    }
    numbers->results = mtmi_memory_new(1, sizeof *numbers->results);
    numbers->places = mtmi_memory_new(n_lines + 1, sizeof *numbers->places);
    MTMI_TRY(numbers->results == NULL || numbers->places == NULL ? mtmi_error_memory(err) : MTM_OK);
    numbers->results->results = mtmi_memory_new(findings->n + 1, sizeof *numbers->results->results);
    numbers->results->evidence = mtmi_memory_new(1, sizeof *numbers->results->evidence);
    MTMI_TRY(numbers->results->results == NULL || numbers->results->evidence == NULL ? mtmi_error_memory(err) : MTM_OK);
    for (size_t i = 0; i < findings->n; i++) {
        if ((findings->all[i].sensitive != 0) == sensitive) {
            at.result = (uint32_t)n++;
            numbers->results->n = n;
            MTMI_TRY(add_finding(&at, &findings->all[i]));
        }
    }
out:
    mtmi_map_free(&at.known);
    return status;
}

void mtmi_survey_numbers_clear(mtmi_survey_numbers *numbers) {
    mtmi_print_clear(&numbers->print);
    mtmi_masks_free(numbers->masks);
    mtmi_evidence_free(numbers->joined);
    mtm_results_free(numbers->results);
    mtmi_memory_free(numbers->places);
    memset(numbers, 0, sizeof *numbers);
}

/* ---- beside the ledger ---- */

static void hide_rows(mtmi_survey_numbers *numbers) {
    for (size_t r = 0; r < numbers->results->n; r++) {
        for (size_t i = 0; i < numbers->results->results[r].n_rows; i++) {
            if (numbers->masks->of[r].rows[i]) {
                numbers->results->results[r].rows[i].row.value = (mtm_decimal){0, 0, 0};
                numbers->results->results[r].rows[i].row.has_value = 0;
            }
        }
    }
}

mtm_status mtmi_survey_numbers_protect(mtmi_survey_numbers *numbers, mtmi_ledger *ledger, mtm_error *err) {
    const mtmi_rules rules = {.threshold = numbers->threshold, .p_percent = MTMI_P_PERCENT_DEFAULT};
    mtmi_certificate certificate = {0};
    mtm_status status = MTM_OK;
    if (numbers->n_places == 0) {
        return MTM_OK;
    }
    MTMI_TRY(mtmi_ledger_join(ledger, numbers->results->evidence, &numbers->joined, err));
    MTMI_TRY(
        mtmi_disclosure_protect(numbers->results, numbers->joined, ledger, &rules, &numbers->masks, &certificate, err));
    hide_rows(numbers);
    MTMI_TRY(
        mtmi_audit_run(numbers->results, numbers->masks, numbers->joined, ledger, &certificate, &numbers->print, err));
out:
    mtmi_certificate_clear(&certificate);
    return status;
}

int mtmi_survey_numbers_hide(const mtmi_survey_numbers *numbers, size_t place) {
    const mtmi_survey_place *at = &numbers->places[place];
    int some = 0;
    for (int i = 0; i < 3 && numbers->masks != NULL; i++) {
        some |= at->rows[i] != NO_ROW && numbers->masks->of[at->result].rows[at->rows[i]];
    }
    return !some ? 0 : numbers->masks->of[at->result].rows[at->rows[0]] ? 2 : 1;
}

mtm_status mtmi_survey_numbers_enter(mtmi_survey_numbers *numbers, mtmi_ledger *ledger, const char *title,
                                     mtm_error *err) {
    const mtmi_masks masks = {.threshold = numbers->threshold}; /* answers are withheld, never rounded */
    return numbers->joined == NULL ? MTM_OK
                                   : mtmi_print_record(&numbers->print, numbers->joined, ledger, title, &masks, err);
}
