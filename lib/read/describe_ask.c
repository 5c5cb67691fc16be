/* Puts to a person what a proposal would be unsure of. Only answers that change the package are asked for; what the options
 * say is not. An answer is tried before it is kept: cells are read again as it says. */
#include "read/describe.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "codelist/match.h"
#include "read/check/check_internal.h"
#include "read/table/header_words.h"

#include <string.h>

#define ANSWER 64

/* One question. answer is "" where none of the choices was given. */
static mtm_status put_question(const mtmi_asker *asker, mtm_question *question, char answer[ANSWER], mtm_error *err) {
    char said[256] = "";
    size_t i = 0;
    question->size = sizeof *question;
    mtm_status status = asker->ask(question, said, sizeof said, asker->data);
    answer[0] = '\0';
    if (status != MTM_OK) {
        return mtmi_error_set(err, status, 0, (mtmi_place){question->file != NULL ? question->file : "", 0, 0},
                              "stopped by the caller");
    }
    said[sizeof said - 1] = '\0';
    while (i < question->n_choices && strcmp(question->choices[i], said) != 0) {
        i++;
    }
    if ((i < question->n_choices || question->n_choices == 0) && strlen(said) < ANSWER) {
        memcpy(answer, said, strlen(said) + 1);
    }
    return MTM_OK;
}

static mtm_status ask_of(mtmi_proposal *proposal, const mtmi_asker *asker, const char *key, const char *text,
                         const char *const *choices, size_t n_choices, const char *suggestion, char answer[ANSWER],
                         mtm_error *err) {
    mtm_question question = {.file = proposal->given,
                             .key = key,
                             .text = text,
                             .choices = choices,
                             .n_choices = n_choices,
                             .suggestion = suggestion != NULL ? suggestion : "",
                             .check = proposal->first};
    return put_question(asker, &question, answer, err);
}

static const char *const yes_or_no[] = {"yes", "no"};

mtm_status mtmi_ask_country(const mtmi_asker *asker, char out[8], mtm_error *err) {
    mtm_question question = {
        .key = "country", .text = "Which country is reported on? Its name, or its code such as KAZ.", .suggestion = ""};
    char answer[ANSWER];
    MTMI_CHECK_STATUS(put_question(asker, &question, answer, err));
    out[0] = '\0';
    const mtm_codelist *list = mtmi_dimension_list("citizenship");
    mtmi_label_match match;
    mtmi_codelist_match(list, answer, strlen(answer), 0, &match);
    const char *code = match.kind == MTM_MATCH_CODE ? mtm_codelist_code(list, (size_t)match.codes[0]) : "";
    if (strlen(code) == 3) {
        memcpy(out, code, 4);
    }
    return MTM_OK;
}

/* ---- cells ---- */

static int is_refused_for(const mtm_check *check, int code) {
    for (size_t i = 0; i < check->n_entries; i++) {
        if (check->entries[i].error && check->entries[i].code == code) {
            return 1;
        }
    }
    return 0;
}

/* Both lines of a dash, or of the order of dates, are one question. */
static mtm_status ask_cell(mtmi_proposal *proposal, const mtmi_asker *asker, size_t line, mtm_error *err) {
    const mtmi_cell_line *first = &mtmi_cell_lines[line];
    const char *choices[2] = {first->answer, "no"};
    char answer[ANSWER];
    if (line + 1 < mtmi_n_cell_lines && mtmi_cell_lines[line + 1].code == first->code) {
        choices[1] = mtmi_cell_lines[line + 1].answer;
    }
    MTMI_CHECK_STATUS(ask_of(proposal, asker, first->key, first->question, choices, 2, NULL, answer, err));
    for (size_t i = line; i < mtmi_n_cell_lines && mtmi_cell_lines[i].code == first->code; i++) {
        if (strcmp(answer, mtmi_cell_lines[i].answer) == 0) {
            proposal->answers.cells |= 1u << i;
        }
    }
    return MTM_OK;
}

static mtm_status ask_events(mtmi_proposal *proposal, const mtmi_asker *asker, mtm_error *err) {
    char answer[ANSWER];
    MTMI_CHECK_STATUS(ask_of(proposal, asker, "microdata",
                             "There is no column of figures. Is each row one event or person, to be counted?",
                             yes_or_no, 2, NULL, answer, err));
    proposal->answers.microdata_asked = answer[0] != '\0';
    proposal->microdata = strcmp(answer, "yes") == 0;
    return MTM_OK;
}

/* The file as the answers say it, with no more declared than they say. */
static mtm_status read_again(mtmi_proposal *proposal, const mtm_read_options *options, mtm_error *err) {
    mtm_read_options own = *options;
    mtmi_buffer resource = MTMI_BUFFER_INIT;
    mtm_check *again = NULL;
    mtmi_json json;

    mtmi_json_start(&json, &resource);
    mtmi_json_object(&json);
    mtmi_json_pair(&json, "name", proposal->name);
    mtmi_json_pair(&json, "path", proposal->path);
    mtmi_json_key(&json, "mtm");
    mtmi_json_object(&json);
    if (proposal->microdata) {
        mtmi_json_key(&json, "microdata");
        mtmi_json_bool(&json, 1);
    }
    mtmi_proposal_write_cells(proposal, &json, "", "");
    mtmi_json_object_end(&json);
    mtmi_json_object_end(&json);
    if (resource.failed) {
        mtmi_buffer_free(&resource);
        return mtmi_error_memory(err);
    }
    own.resource = resource.data;
    mtm_status status = mtm_check_read(&(mtm_source)MTM_SOURCE_PATH_INIT(proposal->given), &own, &again, err);
    mtmi_buffer_free(&resource);
    MTMI_CHECK_STATUS(status);
    mtm_check_free(proposal->first);
    proposal->first = proposal->check = again;
    return MTM_OK;
}

mtm_status mtmi_ask_cells(mtmi_proposal *proposal, const mtm_read_options *options, const mtmi_asker *asker,
                          mtm_error *err) {
    unsigned asked = 0;

    if (options->resource != NULL) {
        return MTM_OK; /* the caller has described the file */
    }
    if (!proposal->microdata && is_refused_for(proposal->first, MTMI_CODE_COLUMN_MISSING)) {
        MTMI_CHECK_STATUS(ask_events(proposal, asker, err));
        if (proposal->microdata) {
            MTMI_CHECK_STATUS(read_again(proposal, options, err));
        }
    }
    /* A row is refused for the first of its cells: an answer may bring the next question. */
    for (size_t i = 0; i < mtmi_n_cell_lines; i++) {
        unsigned before = proposal->answers.cells, bit = 1u << i;
        if (mtmi_cell_lines[i].question == NULL || (asked & bit) != 0 ||
            !is_refused_for(proposal->first, mtmi_cell_lines[i].code)) {
            continue;
        }
        asked |= bit;
        MTMI_CHECK_STATUS(ask_cell(proposal, asker, i, err));
        if (proposal->answers.cells != before) {
            MTMI_CHECK_STATUS(read_again(proposal, options, err));
            i = (size_t)-1;
        }
    }
    return MTM_OK;
}

/* ---- what is counted ---- */

static const char *keep(char *out, size_t size, const char *answer) {
    if (answer[0] == '\0' || strlen(answer) >= size) {
        return NULL;
    }
    memcpy(out, answer, strlen(answer) + 1);
    return out;
}

static mtm_status ask_concept(mtmi_proposal *proposal, const mtmi_asker *asker, mtm_error *err) {
    const char *choices[MTMI_CONCEPTS];
    char answer[ANSWER];
    size_t n = 0;
    for (const char *name; (name = mtmi_concept_name(n)) != NULL && n < MTMI_CONCEPTS; n++) {
        choices[n] = name;
    }
    MTMI_CHECK_STATUS(
        ask_of(proposal, asker, "concept", "What does the table count?", choices, n, proposal->likely, answer, err));
    proposal->answers.told.concept_id = keep(proposal->answers.concept, sizeof proposal->answers.concept, answer);
    return MTM_OK;
}

static mtm_status ask_kind(mtmi_proposal *proposal, const mtmi_asker *asker, mtm_error *err) {
    static const char *const choices[] = {"flow", "stock"};
    char answer[ANSWER];
    MTMI_CHECK_STATUS(ask_of(proposal, asker, "kind",
                             "Were they given during the periods (flow), or in force at a date (stock)?", choices, 2,
                             proposal->kind, answer, err));
    proposal->answers.told.kind = keep(proposal->answers.kind, sizeof proposal->answers.kind, answer);
    return MTM_OK;
}

static mtm_status ask_unit(mtmi_proposal *proposal, const mtmi_asker *asker, mtm_error *err) {
    static const char *const choices[] = {"USD", "EUR", "KZT", "KGS", "UZS", "TJS", "RUB"};
    char answer[ANSWER];
    MTMI_CHECK_STATUS(ask_of(proposal, asker, "unit", "In which currency are the figures?", choices,
                             sizeof choices / sizeof *choices, proposal->unit, answer, err));
    proposal->answers.told.unit = keep(proposal->answers.unit, sizeof proposal->answers.unit, answer);
    return MTM_OK;
}

static int has_direction(const mtmi_check_file *file) {
    for (size_t i = 0; i < file->n_columns; i++) {
        const mtmi_check_column *column = &file->columns[i];
        int has = column->dimension != NULL && strcmp(column->dimension, "direction") == 0;
        for (size_t k = 0; k < column->n_members; k++) {
            has |= strcmp(column->members[k].key, "direction") == 0;
        }
        if (has) {
            return 1;
        }
    }
    return 0;
}

static mtm_status ask_direction(mtmi_proposal *proposal, const mtmi_asker *asker, mtm_error *err) {
    static const char *const choices[] = {"IN", "OUT"};
    char answer[ANSWER];
    MTMI_CHECK_STATUS(ask_of(proposal, asker, "direction", "Are these arrivals (IN) or departures (OUT)?", choices, 2,
                             NULL, answer, err));
    proposal->answers.told.direction = keep(proposal->answers.direction, sizeof proposal->answers.direction, answer);
    return MTM_OK;
}

static mtm_status ask_cumulative(mtmi_proposal *proposal, const mtmi_asker *asker, mtm_error *err) {
    char answer[ANSWER];
    MTMI_CHECK_STATUS(ask_of(proposal, asker, "cumulative",
                             "Do the figures run from the start of the year to the end of each period?", yes_or_no, 2,
                             "no", answer, err));
    proposal->answers.cumulative_asked = answer[0] != '\0';
    proposal->answers.cumulative = strcmp(answer, "yes") == 0;
    return MTM_OK;
}

static int is_any(const char *concept, const char *const *names) {
    while (*names != NULL && (concept == NULL || strcmp(concept, *names) != 0)) {
        names++;
    }
    return *names != NULL;
}

/* Periods shorter than a year, more than one of them. */
static int may_be_cumulative(const mtmi_check_file *file) {
    int32_t days = file->has_periods ? file->periods.last - file->periods.first : 0;
    int columns = 0;
    for (size_t i = 0; i < file->n_columns; i++) {
        const mtmi_check_column *column = &file->columns[i];
        columns += column->has_period && column->period.last - column->period.first > 300;
    }
    return days > 31 && columns == 0 && file->has_periods;
}

static mtm_status ask_details(mtmi_proposal *proposal, const mtm_read_options *options, const mtmi_asker *asker,
                              mtm_error *err) {
    static const char *const money[] = {"remittances", "money-transfers", NULL},
                             *const permits[] = {"residence-permits", NULL},
                             *const movements[] = {"border-crossings", "migration", "remittances", "money-transfers",
                                                   NULL};
    const mtmi_check_file *file = &proposal->first->files[0];
    const char *concept = options->concept_id != NULL ? options->concept_id : proposal->answers.told.concept_id;
    concept = concept != NULL ? concept : proposal->concept;
    if (is_any(concept, permits) && options->kind == NULL && proposal->kind == NULL) {
        MTMI_CHECK_STATUS(ask_kind(proposal, asker, err));
    }
    if (is_any(concept, money) && options->unit == NULL && proposal->unit == NULL) {
        MTMI_CHECK_STATUS(ask_unit(proposal, asker, err));
    }
    if (is_any(concept, movements) && options->direction == NULL && !has_direction(file)) {
        MTMI_CHECK_STATUS(ask_direction(proposal, asker, err));
    }
    return !proposal->microdata && may_be_cumulative(file) ? ask_cumulative(proposal, asker, err) : MTM_OK;
}

mtm_status mtmi_ask_subject(mtmi_proposal *proposal, const mtm_read_options *options, const mtmi_asker *asker,
                            mtm_error *err) {
    mtmi_answers *answers = &proposal->answers;
    answers->told = *options;
    if (proposal->first->n_files == 0 || mtm_check_outcome(proposal->first) > MTM_OUTCOME_REJECTED_ROWS) {
        return MTM_OK; /* nothing can be counted of it */
    }
    if (options->concept_id == NULL) {
        MTMI_CHECK_STATUS(ask_concept(proposal, asker, err));
    }
    MTMI_CHECK_STATUS(ask_details(proposal, options, asker, err));
    proposal->told = &answers->told;
    return MTM_OK;
}
