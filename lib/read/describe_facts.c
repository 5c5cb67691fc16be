/* Finds what a proposal for a file must say: reads the file, then reads it again as proposed. Nothing is declared that
 * would change what reading finds. */
#include "read/describe.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "codelist/unit.h"
#include "period/period.h"
#include "read/table/header_words.h"

#include <string.h>

void mtmi_proposal_free(mtmi_proposal *proposal) {
    mtmi_memory_free(proposal->given);
    mtmi_memory_free(proposal->path);
    mtmi_memory_free(proposal->name);
    mtmi_memory_free(proposal->own_unit);
    if (proposal->check != proposal->first) {
        mtm_check_free(proposal->check);
    }
    mtm_check_free(proposal->first);
    memset(proposal, 0, sizeof *proposal);
}

/* Permits are issued or held, permanent or temporary: their words say it, or a person must. */
static void find_permits(mtmi_proposal *proposal, const mtmi_subject_texts *texts) {
    const mtmi_subject_word *kind = mtmi_proposal_says_one(texts, MTMI_SUBJECT_PERMIT_KIND, "flow", "stock");
    const mtmi_subject_word *type = mtmi_proposal_says_one(texts, MTMI_SUBJECT_PERMIT_TYPE, "PRP", "TRP");

    proposal->kind = kind != NULL ? kind->value : NULL;
    proposal->type = type != NULL ? type->value : NULL;
}

/* Work permits that were given during the periods are none of those in force, which count foreign workers. */
static void find_work_permits(mtmi_proposal *proposal, const mtmi_subject_texts *texts) {
    const mtmi_subject_word *given = mtmi_proposal_says(texts, MTMI_SUBJECT_PERMIT_KIND, "flow");
    if (given != NULL && mtmi_proposal_says(texts, MTMI_SUBJECT_PERMIT_KIND, "stock") == NULL) {
        proposal->kind = given->value;
    }
}

/* "Внутренняя и внешняя миграция": two things that are never added. */
static int is_of_two_kinds(const mtmi_subject_texts *texts) {
    return mtmi_proposal_says(texts, MTMI_SUBJECT_SCOPE, "internal") != NULL &&
           mtmi_proposal_says(texts, MTMI_SUBJECT_SCOPE, "external") != NULL;
}

/* Money needs its currency said, and the columns may say it. Checks come and go: the unit is copied. */
static mtm_status find_money(mtmi_proposal *proposal, mtm_error *err) {
    const mtmi_check_file *file = proposal->first->n_files > 0 ? &proposal->first->files[0] : NULL;
    const char *unit = NULL;
    for (size_t i = 0; file != NULL && i < file->n_columns; i++) {
        if (file->columns[i].role == MTMI_ROLE_VALUE && file->columns[i].unit != NULL) {
            unit = file->columns[i].unit;
        }
    }
    if (unit == NULL) {
        return MTM_OK;
    }
    char *own = mtmi_memory_copy_text(unit);
    if (own == NULL) {
        return mtmi_error_memory(err);
    }
    mtmi_memory_free(proposal->own_unit);
    proposal->unit = proposal->own_unit = own;
    return MTM_OK;
}

/* "Денежные переводы" alone: in dollars or euros they are what balances of payments call remittances, in tenge what goes through
 * money-transfer systems. */
static const char *name_transfers(const mtmi_proposal *proposal) {
    return proposal->unit == NULL || strcmp(proposal->unit, "KZT") == 0 ? "money-transfers" : "remittances";
}

/* Rounds of places, or figures of displaced or returned people: mobility tracking, whatever its words. */
static int is_of_rounds(const mtmi_proposal *proposal) {
    const mtmi_check_file *file = proposal->first->n_files > 0 ? &proposal->first->files[0] : NULL;
    int rounds = 0, places = 0, people = 0;
    for (size_t i = 0; file != NULL && i < file->n_columns; i++) {
        const mtmi_check_column *column = &file->columns[i];
        const char *dimension = column->dimension != NULL ? column->dimension : "";
        rounds |= strcmp(dimension, "round") == 0 || strcmp(dimension, "assessment-type") == 0;
        people |= strcmp(dimension, "population-status") == 0;
        places |= strncmp(dimension, "adm", 3) == 0;
        for (size_t k = 0; k < column->n_members; k++) {
            people |= strcmp(column->members[k].key, "population-status") == 0;
        }
    }
    return (rounds && places) || people;
}

/* Households beside persons by site, in a numbered round: displacement sites, unless it speaks of refugees. */
static int is_of_sites(const mtmi_proposal *proposal, const mtmi_subject_texts *texts) {
    static const char *const sites[] = {"site", "nom du site", "site name", "nombre del sitio", "camp"};
    const mtmi_check_file *file = proposal->first->n_files > 0 ? &proposal->first->files[0] : NULL;
    int households = 0, persons = 0, by_site = 0;
    for (size_t i = 0; file != NULL && i < file->n_columns; i++) {
        const mtmi_check_column *column = &file->columns[i];
        for (size_t k = 0; k < column->n_members; k++) {
            households |= strcmp(column->members[k].value, "HOUSEHOLDS") == 0;
            persons |= strcmp(column->members[k].value, "PERSONS") == 0;
        }
        for (size_t k = 0; k < sizeof sites / sizeof *sites; k++) {
            by_site |= mtmi_name_same(column->name, strlen(column->name), sites[k], strlen(sites[k]));
        }
    }
    return households && persons && by_site && mtmi_proposal_says(texts, MTMI_SUBJECT_MENTION, "round") != NULL &&
           mtmi_proposal_says(texts, MTMI_SUBJECT_MENTION, "refugees") == NULL;
}

/* Names of columns that only events have: no stock is made of them. */
static int is_of_events(const mtmi_proposal *proposal) {
    static const char *const names[] = {
        "event name",    "event id",   "displacement start date", "displacement end date", "date of event",
        "incident date", "event date", "date of the event"};
    const mtmi_check_file *file = proposal->first->n_files > 0 ? &proposal->first->files[0] : NULL;
    int found = 0;
    for (size_t i = 0; file != NULL && i < file->n_columns; i++) {
        for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
            found |= mtmi_name_same(file->columns[i].name, strlen(file->columns[i].name), names[k], strlen(names[k]));
        }
    }
    return found;
}

/* Arrivals beside departures are a matter of what is crossed or registered, which only a person can say. */
static int has_departures(const mtmi_proposal *proposal, const mtmi_subject_texts *texts) {
    return mtmi_proposal_says(texts, MTMI_SUBJECT_DIRECTION, "OUT") != NULL || mtmi_proposal_has_direction(proposal);
}

/* A calendar of points: hours that each was open on a day. */
static int is_calendar(const mtmi_proposal *proposal) {
    static const char *const hours[] = {"hours open",         "open hours",           "hours of observation", "hours",
                                        "heures d'ouverture", "heures d'observation", "horas abierto"},
                             *const points[] = {"fmp", "fmp name", "flow monitoring point", "monitoring point"};
    const mtmi_check_file *file = proposal->first->n_files > 0 ? &proposal->first->files[0] : NULL;
    int found = 0;
    for (size_t i = 0; file != NULL && i < file->n_columns; i++) {
        const char *name = file->columns[i].name;
        for (size_t k = 0; k < sizeof hours / sizeof *hours; k++) {
            found |= mtmi_name_same(name, strlen(name), hours[k], strlen(hours[k])) ? 1 : 0;
        }
        for (size_t k = 0; k < sizeof points / sizeof *points; k++) {
            found |= mtmi_name_same(name, strlen(name), points[k], strlen(points[k])) ? 2 : 0;
        }
    }
    return found == 3;
}

/* Displacement in rows of days from one to another, of no round: counted during them, as it seems. */
static int is_of_spans(const mtmi_proposal *proposal) {
    const mtmi_check_file *file = proposal->first->n_files > 0 ? &proposal->first->files[0] : NULL;
    int spans = 0, rounds = 0;
    for (size_t i = 0; file != NULL && i < file->n_columns; i++) {
        const char *dimension = file->columns[i].dimension != NULL ? file->columns[i].dimension : "";
        spans |= file->columns[i].role == MTMI_ROLE_PERIOD_START;
        rounds |= strcmp(dimension, "round") == 0 || strcmp(dimension, "assessment-type") == 0 ||
                  strcmp(dimension, "operation") == 0;
    }
    return spans && !rounds && proposal->concept != NULL && strcmp(proposal->concept, "displacement") == 0;
}

/* Movements in and out are those of a border. */
static int counts_crossings(const mtmi_proposal *proposal) {
    const mtmi_check_file *file = proposal->first->n_files > 0 ? &proposal->first->files[0] : NULL;
    int movements = 0, direction = 0;
    for (size_t i = 0; file != NULL && i < file->n_columns; i++) {
        const mtmi_check_column *column = &file->columns[i];
        movements |= column->unit != NULL && strcmp(column->unit, "movements") == 0;
        direction |= column->dimension != NULL && strcmp(column->dimension, "direction") == 0;
    }
    return movements && direction;
}

static int is_concept(const mtmi_proposal *proposal, const char *concept) {
    return proposal->concept != NULL && strcmp(proposal->concept, concept) == 0;
}

/* The concept of the most telling word. Arrivals alone tell none: they are border crossings to some and registered migration to
 * others. The balance of other columns is one of several, and does not choose for them. */
static void find_concept(mtmi_proposal *proposal, const mtmi_subject_texts *texts) {
    const mtmi_subject_word *word =
        proposal->concept == NULL ? mtmi_proposal_says(texts, MTMI_SUBJECT_CONCEPT, NULL) : NULL;
    if (word != NULL && strcmp(word->value, "arrivals") == 0 && has_departures(proposal, texts)) {
        word = mtmi_proposal_says(texts, MTMI_SUBJECT_CONCEPT, "population");
    }
    if (word != NULL) {
        proposal->concept = word->value;
        proposal->word = word->word;
    }
    if (is_concept(proposal, "net-migration") && mtmi_proposal_has_direction(proposal)) {
        proposal->concept = "migration";
    }
    if ((is_concept(proposal, "migration") && is_of_two_kinds(texts)) || is_concept(proposal, "labour-migration")) {
        proposal->concept = proposal->word = NULL; /* who works abroad may not have moved there */
    }
    if (proposal->concept == NULL && counts_crossings(proposal)) {
        proposal->concept = "border-crossings";
        proposal->word = "movements";
    }
}

/* Words of the titles for which the concept counts too much. A concept that the person says stands, unless they deny it. */
static void find_limit(mtmi_proposal *proposal, const mtmi_subject_texts *texts) {
    const char *country = proposal->told != NULL ? proposal->told->country : NULL;
    const char *told = proposal->told != NULL ? proposal->told->concept_id : NULL;
    const char *concept = told != NULL ? told : proposal->concept;
    if (concept == NULL || proposal->shape != NULL) {
        return;
    }
    const char *denial = told != NULL ? mtmi_proposal_denial(texts, concept) : NULL;
    proposal->is_denied = denial != NULL;
    proposal->limit = denial != NULL ? denial : mtmi_proposal_limit(texts, concept, country, proposal->own_limit);
    if (proposal->limit == NULL) {
        proposal->limit = mtmi_proposal_column_limit(proposal, concept, country, proposal->own_limit);
    }
}

/* What an earlier reading of the file said. */
static void forget_facts(mtmi_proposal *proposal) {
    proposal->concept = proposal->word = proposal->likely = proposal->limit = proposal->unit = proposal->kind =
        proposal->type = proposal->direction = proposal->direction_word = NULL;
    proposal->is_denied = 0;
}

mtm_status mtmi_proposal_concept(mtmi_proposal *proposal, mtm_error *err) {
    mtmi_subject_texts texts;
    mtm_status status = MTM_OK;
    MTMI_CHECK_STATUS(mtmi_proposal_texts(proposal, &texts, err));
    forget_facts(proposal);
    if (proposal->shape != NULL) {
        proposal->concept = proposal->shape->concept;
        proposal->kind = proposal->shape->kind;
        proposal->unit = proposal->shape->unit;
        proposal->word = proposal->shape->words;
    } else if (is_calendar(proposal)) {
        proposal->concept = "observation";
        proposal->word = "hours";
    } else if (is_of_rounds(proposal) || is_of_sites(proposal, &texts)) {
        proposal->concept = "displacement";
        proposal->word = "round";
    }
    find_concept(proposal, &texts);
    if (is_concept(proposal, "residence-permits")) {
        find_permits(proposal, &texts);
    }
    if (is_concept(proposal, "foreign-workers")) {
        find_work_permits(proposal, &texts);
    }
    if (is_concept(proposal, "remittances") || is_concept(proposal, "money-transfers") ||
        is_concept(proposal, "transfers")) {
        MTMI_TRY(find_money(proposal, err));
    }
    if (is_concept(proposal, "transfers")) {
        proposal->concept = name_transfers(proposal);
    }
    if (is_of_spans(proposal)) {
        proposal->concept = NULL; /* people displaced in a week are no stock */
    }
    if (is_concept(proposal, "displacement") && is_of_events(proposal)) {
        proposal->concept = "displacement-event";
        proposal->kind = "flow";
    }
    mtmi_proposal_direction(proposal, &texts);
    find_limit(proposal, &texts);
    if (proposal->limit != NULL) {
        proposal->concept = proposal->kind = proposal->type = proposal->unit = proposal->direction = NULL;
    }
    proposal->likely = proposal->concept;
    if (proposal->shape == NULL && mtm_check_outcome(proposal->first) > MTM_OUTCOME_NOTES) {
        proposal->concept = proposal->kind = proposal->type = proposal->unit = proposal->direction =
            NULL; /* nothing can be counted yet */
    }
out:
    mtmi_proposal_forget_texts(&texts);
    return status;
}

/* The options with the proposal as the resource, whose text is the buffer's. */
static mtm_status describe_as_proposed(const mtmi_proposal *proposal, const mtm_read_options *options,
                                       mtmi_buffer *resource, mtm_read_options *own, mtm_error *err) {
    mtmi_json json;

    *own = *options;
    mtmi_json_start(&json, resource);
    mtmi_proposal_write(proposal, &json);
    if (resource->failed) {
        mtmi_buffer_free(resource);
        return mtmi_error_memory(err);
    }
    own->resource = resource->data;
    own->allow_guess = 0; /* nobody allows it when the package is read */
    return MTM_OK;
}

mtm_status mtmi_proposal_check(const mtmi_proposal *proposal, const mtm_read_options *options, mtm_check **out,
                               mtm_error *err) {
    mtm_read_options own;
    mtmi_buffer resource = MTMI_BUFFER_INIT;
    mtm_status status;

    *out = NULL;
    MTMI_CHECK_STATUS(describe_as_proposed(proposal, options, &resource, &own, err));
    status = mtm_check_read(&(mtm_source)MTM_SOURCE_PATH_INIT(proposal->given), &own, out, err);
    mtmi_buffer_free(&resource);
    return status;
}

static int same_text(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static int same_count(const char *a, const char *b) {
    const char *quantity = mtmi_unit_quantity(a);
    return same_text(a, b) ||
           (quantity != NULL && strcmp(quantity, "count") == 0 && same_text(quantity, mtmi_unit_quantity(b)));
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
           a->n_missing == b->n_missing && (a->unit == NULL || same_count(a->unit, b->unit)) &&
           a->multiplier == b->multiplier; /* a concept may imply the unit, and permits are of persons */
}

/* Whether two readings of one file are one: outcome, rows, what the columns are, sums. */
static int same_reading(const mtm_check *a, const mtm_check *b) {
    const mtmi_check_file *first = a->n_files > 0 ? &a->files[0] : NULL, *other = b->n_files > 0 ? &b->files[0] : NULL;
    int guessed = first != NULL && first->dialect.encoding.how == MTMI_HOW_GUESS; /* declared, it needs no note */
    int same = a->n_files == b->n_files && (mtm_check_outcome(a) == mtm_check_outcome(b) ||
                                            (guessed && mtm_check_outcome(b) < mtm_check_outcome(a)));
    for (size_t i = 0; same && i < 4 * a->n_files; i++) {
        same = a->files[i / 4].rows[i % 4] == b->files[i / 4].rows[i % 4];
    }
    same = same && (first == NULL || (first->n_columns == other->n_columns && first->totals == other->totals));
    for (size_t i = 0; same && first != NULL && i < first->n_columns; i++) {
        same = same_column(&first->columns[i], &other->columns[i]);
    }
    return same;
}

/* A proposal says as much as it can without changing what reading finds: what is refused, noted, counted. */
static mtm_status settle_proposal(mtmi_proposal *proposal, const mtm_read_options *options, mtm_error *err) {
    static const struct {
        int schema, rows, encoding, concept;
    } forms[] = {{1, 0, 1, 1}, {1, 1, 1, 1}, {1, 0, 0, 1}, {0, 0, 1, 1}, {0, 0, 0, 1}, {0, 0, 0, 0}};
    mtm_status status = MTM_OK;

    for (size_t i = proposal->plain ? 3 : 0; i < sizeof forms / sizeof *forms && status == MTM_OK; i++) {
        mtm_check *again = NULL;
        proposal->plain = !forms[i].schema;
        proposal->rows = forms[i].rows;
        proposal->encoding = forms[i].encoding;
        if (!forms[i].concept) {
            proposal->concept = proposal->kind = proposal->type = proposal->unit = proposal->direction = NULL;
        }
        status = mtmi_proposal_check(proposal, options, &again, err);
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
    mtm_read_options own = *options;
    mtmi_buffer resource = MTMI_BUFFER_INIT;
    if (proposal->answers.cells != 0 || proposal->repeats || proposal->date_means != NULL || proposal->sheets != NULL) {
        MTMI_CHECK_STATUS(describe_as_proposed(proposal, options, &resource, &own, err));
    }
    mtm_status status =
        file != NULL && mtm_check_outcome(proposal->check) <= MTM_OUTCOME_NOTES
            ? mtm_dataset_read(&(mtm_source)MTM_SOURCE_PATH_INIT(proposal->given), &own, &dataset, &ignored)
            : MTM_OK;
    mtmi_buffer_free(&resource);
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

/* The quarter to report on for events: the last that the dates of rows fill, but for a few days without any. */
static void find_last_quarter(mtmi_proposal *proposal) {
    enum { QUIET_DAYS = 7 };
    const mtmi_check_file *file = proposal->check->n_files > 0 ? &proposal->check->files[0] : NULL;
    if (file == NULL || !file->has_periods) {
        return;
    }
    const mtm_period last = mtmi_period_around(file->periods.last, 3);
    const mtm_period before = mtmi_period_around(last.first - 1, 3);
    const int is_full = last.last - file->periods.last <= QUIET_DAYS;
    proposal->last = is_full || before.first + QUIET_DAYS < file->periods.first ? last : before;
    proposal->has_last = 1;
}

mtm_status mtmi_proposal_settle(mtmi_proposal *proposal, const mtm_read_options *options, mtm_error *err) {
    MTMI_CHECK_STATUS(settle_proposal(proposal, options, err));
    if (proposal->microdata) {
        find_last_quarter(proposal);
        return MTM_OK;
    }
    return find_last(proposal, options, err);
}
