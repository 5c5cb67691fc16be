/* In: a file. Out: what a proposal for it must say, found by reading the file, and reading it again as proposed.
 * A thing is declared only where cells ask for it and it cannot turn one number into another. Does not write JSON. */
#include "read/describe.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"

#include <string.h>

#define NAMES_SIZE 4096

/* Words of file and column names that say what is counted. Arrivals alone do not: they are border crossings to some and
 * registered migration to others. */
static const struct {
    const char *word, *concept;
} words[] = {
    {"border", "border-crossings"},
    {"crossing", "border-crossings"},
    {"границ", "border-crossings"},
    {"шекара", "border-crossings"},
    {"remittance", "remittances"},
    {"личные переводы", "remittances"},
    {"transfer", "money-transfers"},
    {"перевод", "money-transfers"},
    {"kandas", "kandas"},
    {"кандас", "kandas"},
    {"қандас", "kandas"},
    {"quota", "quota"},
    {"квота", "quota"},
    {"foreign_work", "foreign-workers"},
    {"foreign work", "foreign-workers"},
    {"иностранн", "foreign-workers"},
    {"idp", "displacement"},
    {"displace", "displacement"},
    {"population", "population"},
    {"население", "population"},
    {"халық", "population"},
    {"сальдо миграции", "migration"},
    {"migration", "migration"},
    {"миграци", "migration"},
    {"көші-қон", "migration"},
    {"citizens_abroad", "citizens-abroad"},
};

void mtmi_proposal_free(mtmi_proposal *proposal) {
    mtmi_memory_free(proposal->given);
    mtmi_memory_free(proposal->path);
    mtmi_memory_free(proposal->name);
    if (proposal->check != proposal->first) {
        mtm_check_free(proposal->check);
    }
    mtm_check_free(proposal->first);
    memset(proposal, 0, sizeof *proposal);
}

static int has_word(const char *text, const char *word) {
    char plain[NAMES_SIZE];
    size_t length = mtmi_text_normalise(text, strlen(text), plain, sizeof plain);
    return length < sizeof plain && strstr(plain, word) != NULL;
}

static void find_concept(mtmi_proposal *proposal) {
    const mtmi_check_file *file = proposal->check->n_files > 0 ? &proposal->check->files[0] : NULL;
    for (size_t w = 0; w < sizeof words / sizeof *words && proposal->concept == NULL; w++) {
        int found = has_word(proposal->path, words[w].word);
        for (size_t i = 0; file != NULL && i < file->n_columns && !found; i++) {
            found = has_word(file->columns[i].name, words[w].word);
        }
        if (found) {
            proposal->concept = words[w].concept;
            proposal->word = words[w].word;
        }
    }
}

/* "13.07.2024": 1 when the first number is a day because it is above 12, 2 when the second is, else 0. */
static int proves_order(const char *found) {
    int numbers[2] = {0, 0}, n = 0, digits = 0;
    for (; *found != '\0' && n < 2; found++) {
        if (*found >= '0' && *found <= '9' && digits < 2) {
            numbers[n] = numbers[n] * 10 + (*found - '0');
            digits++;
        } else if (digits > 0 && (*found == '.' || *found == '/' || *found == '-')) {
            n++;
            digits = 0;
        } else {
            return 0;
        }
    }
    return n < 2 || (numbers[0] > 12) == (numbers[1] > 12) ? 0 : numbers[0] > 12 ? 1 : 2;
}

/* What refused cells ask for. 1 when something new is declared. */
static int learn(mtmi_proposal *proposal) {
    int orders[3] = {0, 0, 0}, before = proposal->bare + proposal->words + proposal->footnotes + proposal->censored;
    const char *order = proposal->date_order;
    for (size_t i = 0; i < proposal->check->n_entries; i++) {
        const mtmi_check_entry *entry = &proposal->check->entries[i];
        proposal->bare |= entry->error && entry->code == MTMI_CODE_NUMBER_AROUND;
        proposal->words |= entry->error && entry->code == MTMI_CODE_NUMBER_WORDS;
        proposal->footnotes |= entry->error && entry->code == MTMI_CODE_NUMBER_FOOTNOTE;
        proposal->censored |= entry->error && entry->code == MTMI_CODE_NUMBER_CENSORED;
        if (entry->error && entry->code == MTMI_CODE_PERIOD_AMBIGUOUS) {
            orders[proves_order(entry->found)]++;
        }
    }
    if (order == NULL && (orders[1] > 0) != (orders[2] > 0)) {
        proposal->date_order = orders[1] > 0 ? "dmy" : "mdy";
    }
    return before != proposal->bare + proposal->words + proposal->footnotes + proposal->censored ||
           order != proposal->date_order;
}

static mtm_status check_again(mtmi_proposal *proposal, const mtm_read_options *options, mtm_check **out,
                              mtm_error *err) {
    mtm_read_options own = *options;
    mtmi_buffer resource = MTMI_BUFFER_INIT;
    mtmi_json json;
    mtm_status status;

    *out = NULL;
    mtmi_json_start(&json, &resource);
    mtmi_proposal_write(proposal, &json);
    if (resource.failed) {
        mtmi_buffer_free(&resource);
        return mtmi_error_memory(err);
    }
    own.resource = resource.data;
    status = mtm_check_read(&(mtm_source)MTM_SOURCE_PATH_INIT(proposal->given), &own, out, err);
    mtmi_buffer_free(&resource);
    return status;
}

/* The proposal must not read less than the file does by itself: rather a smaller one that stays with what is inferred. */
static mtm_status settle(mtmi_proposal *proposal, const mtm_read_options *options, mtm_error *err) {
    mtm_check *again = NULL;
    mtm_status status = check_again(proposal, options, &again, err);
    if (status != MTM_OK) {
        return status;
    }
    if (mtm_check_rows(again, MTM_ROWS_ACCEPTED) < mtm_check_rows(proposal->check, MTM_ROWS_ACCEPTED)) {
        mtm_check_free(again);
        proposal->plain = 1;
        return MTM_OK;
    }
    if (proposal->check != proposal->first) {
        mtm_check_free(proposal->check);
    }
    proposal->check = again;
    return MTM_OK;
}

/* The latest period, by reading the file as proposed; none when that fails. */
static mtm_status find_last(mtmi_proposal *proposal, const mtm_read_options *options, mtm_error *err) {
    const mtmi_check_file *file = proposal->check->n_files > 0 ? &proposal->check->files[0] : NULL;
    mtm_dataset *dataset = NULL;
    mtm_error ignored = {0};
    mtm_status status =
        file != NULL && mtm_check_outcome(proposal->check) <= MTM_OUTCOME_NOTES
            ? mtm_dataset_read(&(mtm_source)MTM_SOURCE_PATH_INIT(proposal->given), options, &dataset, &ignored)
            : MTM_OK;
    for (size_t i = 0; dataset != NULL && i < dataset->n; i++) {
        mtm_period period = dataset->periods[i];
        if (!proposal->has_last || period.last > proposal->last.last ||
            (period.last == proposal->last.last && period.first > proposal->last.first)) {
            proposal->last = period;
            proposal->has_last = 1;
        }
    }
    mtm_dataset_free(dataset);
    return status == MTM_ERROR_MEMORY ? mtmi_error_memory(err) : MTM_OK;
}

static int lacks_figures(const mtm_check *check) {
    int lacks = 0;
    for (size_t i = 0; i < check->n_entries && !lacks; i++) {
        lacks = check->entries[i].error && check->entries[i].code == MTMI_CODE_COLUMN_MISSING;
    }
    return lacks && mtm_check_outcome(check) == MTM_OUTCOME_ERROR;
}

/* A file without a column of figures has one row per event, if it can be read so. */
static mtm_status try_microdata(mtmi_proposal *proposal, const mtm_read_options *options, mtm_error *err) {
    static const char resource[] = "{\"name\": \"events\", \"path\": \"events.csv\", \"mtm\": {\"microdata\": true}}";
    mtm_read_options own = *options;
    mtm_check *check = NULL;
    mtm_status status;

    if (options->resource != NULL || !lacks_figures(proposal->first)) {
        return MTM_OK;
    }
    own.resource = resource;
    status = mtm_check_read(&(mtm_source)MTM_SOURCE_PATH_INIT(proposal->given), &own, &check, err);
    if (status == MTM_OK && mtm_check_outcome(check) != MTM_OUTCOME_ERROR &&
        mtm_check_rows(check, MTM_ROWS_ACCEPTED) > 0) {
        mtm_check_free(proposal->first);
        proposal->first = check;
        proposal->microdata = 1;
        return MTM_OK;
    }
    mtm_check_free(check);
    return status;
}

mtm_status mtmi_proposal_read(mtmi_proposal *proposal, const mtm_read_options *options, mtm_error *err) {
    mtm_read_options own = *options;
    mtm_status status;

    own.allow_guess = 1; /* a guess is what a proposal is for; it says so */
    status = mtm_check_read(&(mtm_source)MTM_SOURCE_PATH_INIT(proposal->given), &own, &proposal->first, err);
    if (status == MTM_OK) {
        status = try_microdata(proposal, &own, err);
    }
    if (status != MTM_OK) {
        return status;
    }
    proposal->check = proposal->first;
    find_concept(proposal);
    proposal->plain =
        proposal->check->n_files > 0 && strncmp(proposal->check->files[0].dialect.convention, "SDMX", 4) == 0;
    (void)learn(proposal);
    for (int i = 0; i < 3 && status == MTM_OK; i++) {
        status = settle(proposal, &own, err);
        if (!learn(proposal)) {
            break;
        }
    }
    return status == MTM_OK && !proposal->microdata ? find_last(proposal, &own, err) : status;
}
