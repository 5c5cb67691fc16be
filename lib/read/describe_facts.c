/* Finds what a proposal for a file must say: reads the file, then reads it again as proposed. Nothing is declared that
 * would change what reading finds. */
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
    own.allow_guess = 0; /* nobody allows it when the package is read */
    status = mtm_check_read(&(mtm_source)MTM_SOURCE_PATH_INIT(proposal->given), &own, out, err);
    mtmi_buffer_free(&resource);
    return status;
}

static int same_text(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static int same_members(const mtmi_check_column *a, const mtmi_check_column *b) {
    int same = a->n_members == b->n_members;
    for (size_t i = 0; same && i < a->n_members; i++) {
        same = same_text(a->members[i].key, b->members[i].key) && same_text(a->members[i].value, b->members[i].value);
    }
    return same;
}

static int same_column(const mtmi_check_column *a, const mtmi_check_column *b) {
    return same_text(a->name, b->name) && a->role == b->role && same_text(a->dimension, b->dimension) &&
           same_text(a->codelist, b->codelist) && same_members(a, b) && a->has_period == b->has_period &&
           (!a->has_period || (a->period.first == b->period.first && a->period.last == b->period.last)) &&
           a->sum == b->sum && a->decimals == b->decimals && a->n_values == b->n_values &&
           a->n_missing == b->n_missing && same_text(a->unit, b->unit) && a->multiplier == b->multiplier;
}

/* Whether two readings of one file are one: outcome, rows, what the columns are, sums. */
static int same_reading(const mtm_check *a, const mtm_check *b) {
    const mtmi_check_file *first = a->n_files > 0 ? &a->files[0] : NULL, *other = b->n_files > 0 ? &b->files[0] : NULL;
    int guessed = first != NULL && first->dialect.encoding.how == MTMI_HOW_GUESS; /* declared, it needs no note */
    int same = a->n_files == b->n_files && (mtm_check_outcome(a) == mtm_check_outcome(b) ||
                                            (guessed && mtm_check_outcome(b) < mtm_check_outcome(a)));
    for (int i = 0; same && first != NULL && i < 4; i++) {
        same = first->rows[i] == other->rows[i];
    }
    same = same && (first == NULL || (first->n_columns == other->n_columns && first->totals == other->totals));
    for (size_t i = 0; same && first != NULL && i < first->n_columns; i++) {
        same = same_column(&first->columns[i], &other->columns[i]);
    }
    return same;
}

/* A proposal says as much as it can without changing what reading finds: what is refused, noted, counted. */
static mtm_status settle(mtmi_proposal *proposal, const mtm_read_options *options, mtm_error *err) {
    static const struct {
        int schema, rows, encoding, concept;
    } forms[] = {{1, 0, 1, 1}, {1, 1, 1, 1}, {1, 0, 0, 1}, {0, 0, 1, 1}, {0, 0, 0, 1}, {0, 0, 0, 0}};
    mtm_status status = MTM_OK;

    for (size_t i = proposal->plain ? 3 : 0; i < sizeof forms / sizeof *forms && status == MTM_OK; i++) {
        mtm_check *again = NULL;
        proposal->plain = !forms[i].schema;
        proposal->rows = forms[i].rows;
        proposal->encoding = forms[i].encoding;
        proposal->concept = forms[i].concept ? proposal->concept : NULL;
        status = check_again(proposal, options, &again, err);
        if (status == MTM_OK && same_reading(proposal->first, again)) {
            proposal->check = again;
            return MTM_OK;
        }
        mtm_check_free(again);
    }
    return status;
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

mtm_status mtmi_proposal_read(mtmi_proposal *proposal, const mtm_read_options *options, mtm_error *err) {
    mtm_status status =
        mtm_check_read(&(mtm_source)MTM_SOURCE_PATH_INIT(proposal->given), options, &proposal->first, err);
    const mtmi_check_file *file = NULL;

    if (status != MTM_OK) {
        return status;
    }
    file = proposal->first->n_files > 0 ? &proposal->first->files[0] : NULL;
    proposal->check = proposal->first;
    proposal->microdata = file != NULL && file->microdata; /* only a person can say so */
    proposal->plain = file != NULL && strncmp(file->dialect.convention, "SDMX", 4) == 0;
    find_concept(proposal);
    status = settle(proposal, options, err);
    return status == MTM_OK && !proposal->microdata ? find_last(proposal, options, err) : status;
}
