/* Lists what a proposal is unsure of - what reading refuses or assumes - with the lines to paste that settle it. */
#include "read/describe.h"

#include "base/error.h"
#include "read/check/check_internal.h"

#include <string.h>

enum { UNSURE_MAX = 12 /* diagnostics that are told */ };

/* clang-format off */
const mtmi_cell_line mtmi_cell_lines[] = {
    {MTMI_CODE_NUMBER_AROUND, "bareNumber", "\"bareNumber\": false", NULL,
     "Signs or units stand around figures. Are they to be dropped?", "yes"},
    {MTMI_CODE_NUMBER_WORDS, "words", "\"words\": true", NULL,
     "Words such as thousand stand in cells. Do they multiply the figures beside them?", "yes"},
    {MTMI_CODE_NUMBER_FOOTNOTE, "footnotes", "\"footnotes\": true", NULL,
     "Marks stand behind figures. Are they marks of footnotes?", "yes"},
    {MTMI_CODE_NUMBER_CENSORED, "censored", "\"censored\": true", NULL,
     "Some cells seem to hide a small count. Do they?", "yes"},
    {MTMI_CODE_NUMBER_PARENTHESES, "parentheses", "\"parentheses\": true", NULL,
     "Figures stand in parentheses. Are they below zero?", "yes"},
    {MTMI_CODE_NUMBER_DASH, "dash", "\"zero\": [\"-\"]", NULL, "A dash stands in place of a figure. What is it?", "nothing"},
    {MTMI_CODE_NUMBER_DASH, "dash", "\"notAvailable\": [\"-\"]", NULL, NULL, "not known"},
    {MTMI_CODE_PERIOD_AMBIGUOUS, "dateOrder", NULL, "\"dateOrder\": \"dmy\"", "Day and month of dates may be either. Which stands first?", "day"},
    {MTMI_CODE_PERIOD_AMBIGUOUS, "dateOrder", NULL, "\"dateOrder\": \"mdy\"", NULL, "month"},
};
/* clang-format on */
const size_t mtmi_n_cell_lines = sizeof mtmi_cell_lines / sizeof *mtmi_cell_lines;

/* What to paste under mtm where cells ask for it. */
/* clang-format off */
static const struct { int code; const char *line; } lines[] = {    {MTMI_CODE_NUMBER_AROUND, "\"numbers\": {\"bareNumber\": false} if signs and units around the figures are to be dropped"},
    {MTMI_CODE_NUMBER_WORDS, "\"numbers\": {\"words\": true} if thousand, million, billion multiply the figures beside them"},
    {MTMI_CODE_NUMBER_FOOTNOTE, "\"numbers\": {\"footnotes\": true} if marks behind the figures are of footnotes"},
    {MTMI_CODE_NUMBER_CENSORED, "\"numbers\": {\"censored\": true} if such cells hide a small count"},
    {MTMI_CODE_NUMBER_PARENTHESES, "\"numbers\": {\"parentheses\": true} if (5) stands for -5"},
    {MTMI_CODE_NUMBER_DASH, "\"numbers\": {\"zero\": [\"-\"]} if a dash is nothing, {\"notAvailable\": [\"-\"]} if it is not known"},
    {MTMI_CODE_PERIOD_AMBIGUOUS, "\"dateOrder\": \"dmy\" if the day stands first, \"mdy\" if the month does"},
};
/* clang-format on */

static void write_format(mtmi_json *json, mtmi_buffer *text) {
    json->buffer->failed |= text->failed;
    mtmi_json_text(json, text->data != NULL ? text->data : "");
    mtmi_buffer_free(text);
}

static void write_remark(mtmi_json *json, const mtmi_check_entry *entry) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    if (entry->line > 0) {
        mtmi_buffer_format(&text, "line %lld: ", (long long)entry->line);
    }
    mtmi_check_reason(entry, &text);
    write_format(json, &text);
    for (size_t i = 0; entry->error && i < sizeof lines / sizeof *lines; i++) {
        mtmi_buffer more = MTMI_BUFFER_INIT;
        if (lines[i].code == entry->code) {
            mtmi_buffer_format(&more, "paste under mtm: %s", lines[i].line);
            write_format(json, &more);
        }
    }
}

/* The first diagnostic of each code: what reading still refuses or assumes. */
static void write_remarks(mtmi_json *json, const mtm_check *check) {
    int told = 0;
    for (size_t i = 0; i < check->n_entries && told < UNSURE_MAX; i++) {
        size_t k = 0;
        while (k < i && check->entries[k].code != check->entries[i].code) {
            k++;
        }
        if (k == i) {
            write_remark(json, &check->entries[i]);
            told++;
        }
    }
}

/* The titles beside the concept that the person says. */
static void write_told_limit(const mtmi_proposal *proposal, mtmi_json *json) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    if (proposal->limit == NULL) {
        return;
    }
    if (proposal->is_denied) {
        mtmi_buffer_format(
            &text,
            "the titles say \"%s\": something else is counted than %s, which was left out; paste under mtm: "
            "\"concept\": \"%s\" if it is right all the same",
            proposal->limit, proposal->told->concept_id, proposal->told->concept_id);
    } else {
        mtmi_buffer_format(
            &text, "the titles also say \"%s\": figures of %s may be of a part, and are taken for all, as was said",
            proposal->limit, proposal->told->concept_id);
    }
    write_format(json, &text);
}

static void write_concept(const mtmi_proposal *proposal, mtmi_json *json) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    if (proposal->told != NULL && proposal->told->concept_id != NULL) {
        write_told_limit(proposal, json);
        return; /* the person knows */
    }
    if (proposal->shape != NULL) {
        mtmi_buffer_format(&text, "the columns are taken for those of %s: say what is counted", proposal->word);
        write_format(json, &text);
        return;
    }
    if (proposal->limit != NULL) {
        mtmi_buffer_format(
            &text,
            "the titles also say \"%s\": less is counted, or something else; paste under mtm: \"concept\": \"...\" "
            "with what is counted, and \"rows\" or \"dimensions\" for the part",
            proposal->limit);
        write_format(json, &text);
        return;
    }
    if (proposal->concept == NULL && proposal->likely != NULL) {
        mtmi_buffer_format(
            &text,
            "paste under mtm: \"concept\": \"%s\", \"kind\": \"flow\" if these were given during the periods, "
            "\"kind\": \"stock\" if they were in force",
            proposal->likely);
        write_format(json, &text);
        return;
    }
    if (proposal->concept == NULL) {
        mtmi_json_text(
            json,
            "paste under mtm: \"concept\": \"...\", \"kind\": \"flow\", \"unit\": \"persons\" with what is counted");
        mtmi_json_text(json, "concept is not known: say what is counted, such as border-crossings, residence-permits, "
                             "foreign-workers, migration, citizens-abroad or remittances");
        return;
    }
    mtmi_buffer_format(&text, "concept is taken from the word \"%s\": say what is counted", proposal->word);
    write_format(json, &text);
    if (proposal->direction != NULL && (proposal->told == NULL || proposal->told->direction == NULL)) {
        mtmi_buffer more = MTMI_BUFFER_INIT;
        mtmi_buffer_format(&more, "direction %s is taken from the word \"%s\": say IN or OUT", proposal->direction,
                           proposal->direction_word);
        write_format(json, &more);
    }
}

static void write_columns(const mtmi_proposal *proposal, const mtmi_check_file *file, mtmi_json *json) {
    for (size_t i = 0; i < file->n_columns; i++) {
        const mtmi_check_column *column = &file->columns[i];
        if (proposal->shape != NULL && mtmi_counted_field(proposal->shape, file, i) != NULL) {
            continue;
        }
        if (column->role == MTMI_ROLE_IGNORE && column->how == MTMI_HOW_NONE && column->name[0] != '\0') {
            mtmi_buffer text = MTMI_BUFFER_INIT;
            char name[MTMI_QUOTE_SIZE];
            mtmi_error_quote(column->name, strlen(column->name), name, sizeof name);
            mtmi_buffer_format(&text, "the column %s is not recognised and left out", name);
            write_format(json, &text);
        }
    }
}

static int lacks_figures(const mtm_check *check) {
    int lacks = 0;
    for (size_t i = 0; i < check->n_entries && !lacks; i++) {
        lacks = check->entries[i].error && check->entries[i].code == MTMI_CODE_COLUMN_MISSING;
    }
    return lacks;
}

void mtmi_proposal_unsure(const mtmi_proposal *proposal, mtmi_json *json) {
    static const mtmi_check_file nothing;
    const mtmi_check_file *file = proposal->first->n_files > 0 ? &proposal->first->files[0] : &nothing;

    if (file->dialect.encoding.how == MTMI_HOW_GUESS) {
        mtmi_json_text(json, "encoding is a guess: look whether the labels are words");
    }
    write_concept(proposal, json);
    mtmi_json_text(json, "publisher, sources and releaseDate are not in the file: they print in the bibliography");
    if (proposal->shape == NULL && (proposal->microdata || !proposal->answers.cumulative_asked)) {
        mtmi_json_text(json, proposal->microdata
                                 ? "microdata is true, as was said: each row is counted as one event"
                                 : "cumulative is false: set it where figures run from the start of the year");
    }
    if (!proposal->microdata && !proposal->answers.microdata_asked && lacks_figures(proposal->first)) {
        mtmi_json_text(json, "paste under mtm: \"microdata\": true if each row is one event or person, to be counted");
    }
    if (proposal->date_means != NULL) {
        mtmi_buffer text = MTMI_BUFFER_INIT;
        mtmi_buffer_format(&text, "dateMeans is %s: every date is the first day of one", proposal->date_means);
        write_format(json, &text);
    }
    if (proposal->sheets != NULL) {
        mtmi_json_text(json,
                       proposal->sheets[0] == '\0'
                           ? "sheets is alike: they have the same columns, and every row of all of them is read"
                           : "sheets is alike, and their names fill a column: they have the same columns, and every "
                             "row of all of them is read");
    }
    if (proposal->absent_is_zero) {
        mtmi_json_text(
            json, "absent is zero: lists that were put in order of their figures go down to 1 and never have 0, so "
                  "that who is not listed was not counted; leave it out if it is not known");
    }
    if (proposal->absent_may_be_zero) {
        mtmi_json_text(
            json, "paste under mtm: \"absent\": \"zero\" if who is not listed was not counted; the figures fall to 1 "
                  "in every period, and nothing shows that lists were put in order of them and not cut");
    }
    if (proposal->repeats) {
        mtmi_json_text(json,
                       "repeats is add: labels come twice in lists that are in order of their figures, both times at "
                       "their place, so that they are parts; leave it out if one corrects the other");
    }
    write_columns(proposal, file, json);
    write_remarks(json, proposal->check);
}
