/* Describes a survey: its design, the balance of its rows, what was refused and what looks wrong. The sentence of the
 * methods is made from the same numbers. Invariant: rows in = rows kept + refused. */
#include "survey/answers.h"
#include "survey/math/real.h"
#include "survey/survey_words.h"
#include "survey/variance.h"

#include "base/buffer.h"
#include "base/diagnostic.h"
#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FAR_APART 1e4 /* weights of one survey */
#define LINES_SHOWN 20

typedef struct facts {
    mtmi_exact weights;
    double sum, least, most, df;
    size_t lonely, least_row;
} facts;

static mtm_status find_freedom(const mtm_survey *survey, facts *out, mtm_error *err) {
    size_t n = survey->frame->n_rows;
    uint32_t *rows = mtmi_memory_new(n + 1, sizeof *rows);
    mtm_status status = MTM_OK;
    if (rows == NULL) {
        return mtmi_error_memory(err);
    }
    mtmi_walk walk = {0};
    for (size_t i = 0; i < n; i++) {
        rows[i] = mtmi_survey_next(survey->design, &walk);
    }
    out->df = mtmi_survey_freedom(survey->design, rows, n, 0);
    if (survey->replicates != NULL) {
        status = mtmi_replicate_freedom(survey->replicates, survey->design, rows, n, &out->df, err);
    }
    mtmi_memory_free(rows);
    return status;
}

static mtm_status find_facts(const mtm_survey *survey, facts *out, mtm_error *err) {
    *out = (facts){.least = INFINITY};
    for (size_t row = 0; row < survey->frame->n_rows; row++) {
        mtmi_amount amount;
        int is_exact;
        double weight = mtmi_survey_weigh(survey->design, row, &amount, &is_exact);
        double each = weight / (double)mtmi_survey_count_at(survey->frame, row);
        out->sum += weight;
        if (each > 0 && each < out->least) {
            out->least = each;
            out->least_row = row;
        }
        out->most = each > out->most ? each : out->most;
        if (is_exact) {
            mtmi_exact_add(&out->weights, amount);
        } else {
            out->weights.lost = 1;
        }
    }
    out->sum = out->weights.lost ? out->sum : mtmi_exact_value(&out->weights);
    for (size_t g = 0; g < survey->design->stages[0].n_groups; g++) {
        out->lonely += survey->design->stages[0].groups[g].n_units == 1;
    }
    return find_freedom(survey, out, err);
}

/* Weights that cannot be what they should: NULL for nothing to say. */
static const char *doubt_weights(const mtm_survey *survey, const facts *known) {
    double n = (double)mtmi_survey_interviews(survey->frame);
    if (survey->plan.weight == NULL || survey->plan.purposive) {
        return NULL;
    }
    if (known->most < 1) {
        return "all weights are below 1: they look like chances of being drawn; a weight is one over the chance";
    }
    if (fabs(known->sum - n) < 1e-3 * n && known->most > known->least) {
        return "weights add up to the number of rows: they were scaled to the sample, so that totals are of the sample "
               "and not of the population";
    }
    if (known->most > FAR_APART * known->least) {
        return "the largest weight is more than 10,000 times the smallest: some may be in another unit";
    }
    return NULL;
}

static const char *refusal_text(int code) {
    switch (code) {
    case MTMI_CODE_SURVEY_WEIGHT_MISSING: return "no weight";
    case MTMI_CODE_SURVEY_WEIGHT: return "the weight is negative or no number";
    case MTMI_CODE_SURVEY_TWICE: return "an interview that was read before";
    case MTMI_CODE_SURVEY_ROSTER: return "a row of the roster whose interview is not there";
    case MTMI_CODE_SURVEY_ROW: return "more or fewer cells than the header";
    default: return "the row cannot be read";
    }
}

/* Rows whose weight is 0, or so large that it may be in another unit. */
static int is_doubtful(const mtm_survey *survey, const facts *known, size_t row, int zero) {
    double weight = mtmi_survey_weight(survey->design, row) / (double)mtmi_survey_count_at(survey->frame, row);
    return mtmi_survey_line(survey->frame, row) > 0 && (zero ? weight == 0 : weight > FAR_APART * known->least);
}

static size_t count_doubtful(const mtm_survey *survey, const facts *known, int zero) {
    size_t n = 0;
    for (size_t row = 0; survey->plan.weight != NULL && !survey->plan.purposive && row < survey->frame->n_rows; row++) {
        n += is_doubtful(survey, known, row, zero) != 0;
    }
    return n <= LINES_SHOWN || zero ? n : 0; /* many large weights: which are in another unit is not known */
}

/* What is said of one such row. */
static void write_doubt(const mtm_survey *survey, const facts *known, int zero, mtmi_buffer *out) {
    if (zero) {
        mtmi_buffer_text(out, "the weight is 0: the row is in the design and in no estimate");
    } else {
        mtmi_buffer_format(out, "the weight is more than 10,000 times that of line %lld: it may be in another unit",
                           (long long)mtmi_survey_line(survey->frame, known->least_row));
    }
}

static void write_refusal(const mtmi_survey_refusal *one, mtmi_buffer *out) {
    int doubtful = one->code == MTMI_CODE_SURVEY_WEIGHT && strchr(one->found, ',') != NULL;
    mtmi_buffer_text(out, doubtful ? "the weight is a number of thousands, or has decimals: write it without a comma"
                                   : refusal_text(one->code));
    if (one->first > 0) {
        mtmi_buffer_format(out, ", on line %lld", (long long)one->first);
    }
    if (one->earlier != NULL) {
        mtmi_buffer_format(out, " of %s", one->earlier);
    }
}

/* "E201" */
static void write_code(mtmi_buffer *out, char kind, int code) {
    mtmi_buffer_text(out, "MTM-");
    mtmi_buffer_char(out, kind);
    mtmi_buffer_int(out, code);
}

static void write_refusals(const mtm_survey *survey, mtmi_json *json) {
    mtmi_json_key(json, "refused");
    mtmi_json_array(json);
    for (size_t i = 0; i < survey->n_refusals; i++) {
        const mtmi_survey_refusal *one = &survey->refusals[i];
        mtmi_buffer code = MTMI_BUFFER_INIT;
        write_code(&code, 'E', one->code);
        mtmi_json_object(json);
        mtmi_json_pair(json, "file", one->source != NULL ? one->source : survey->name);
        mtmi_json_pair_int(json, "line", one->line);
        mtmi_json_pair(json, "code", code.data);
        mtmi_json_pair(json, "found", one->found);
        mtmi_buffer_clear(&code);
        write_refusal(one, &code);
        mtmi_json_pair(json, "reason", code.data);
        mtmi_json_object_end(json);
        mtmi_buffer_free(&code);
    }
    mtmi_json_array_end(json);
}

static void write_stages(const mtm_survey *survey, mtmi_json *json) {
    const mtmi_survey_design *design = survey->design;
    mtmi_json_key(json, "stages");
    mtmi_json_array(json);
    for (size_t s = 0; s < design->n_stages; s++) {
        const mtmi_survey_stage *stage = &design->stages[s];
        mtmi_json_object(json);
        mtmi_json_pair(json, "strata", s < survey->plan.n_strata ? survey->plan.strata[s] : NULL);
        mtmi_json_pair(json, "clusters", s < survey->plan.n_clusters ? survey->plan.clusters[s] : NULL);
        mtmi_json_pair(json, "population", s < survey->plan.n_fpc ? survey->plan.fpc[s] : NULL);
        mtmi_json_pair_int(json, "n_strata", (int64_t)stage->n_groups);
        mtmi_json_pair_int(json, "n_clusters", (int64_t)stage->n_units);
        mtmi_json_object_end(json);
    }
    mtmi_json_array_end(json);
}

static void write_real(mtmi_json *json, const char *key, double value) {
    char text[MTMI_REAL_TEXT];
    mtmi_json_key(json, key);
    mtmi_json_literal(json, mtmi_real_write(value, 15, text)[0] == '\0' ? "null" : text);
}

static void write_methods(const mtm_survey *survey, const facts *known, mtmi_buffer *out) {
    const mtmi_survey_design *design = survey->design;
    char text[MTMI_REAL_TEXT];
    const char *units = survey->plan.population[0] == '\0' ? "rows" : survey->plan.population;
    mtmi_buffer_format(out, "%lld %s", (long long)mtmi_survey_interviews(survey->frame), units);
    if (survey->plan.purposive) {
        mtmi_buffer_text(out, ", chosen and not drawn: shares are of those asked, without intervals.");
        return;
    }
    for (size_t s = design->n_stages; s-- > 0;) {
        if (design->stages[s].clusters != NULL && design->stages[s].n_units < survey->frame->n_rows) {
            mtmi_buffer_format(out, " in %zu clusters", design->stages[s].n_units);
        }
    }
    if (design->stages[0].strata != NULL) {
        mtmi_buffer_format(out, " of %zu strata", design->stages[0].n_groups);
    }
    mtmi_buffer_format(out, "; %lld of %lld rows were refused. ", (long long)survey->rows_refused,
                       (long long)survey->rows_in);
    if (survey->replicates != NULL) {
        mtmi_buffer_format(out, "Variances from %zu replicate weights (%s)", survey->replicates->n,
                           mtmi_replication_name(survey->plan.replication));
    } else {
        mtmi_buffer_text(out, "Variances by Taylor linearisation");
        mtmi_buffer_text(out, design->multistage ? ", with finite population corrections"
                                                 : ", the first stage taken as drawn with replacement");
    }
    if (survey->plan.calibration != NULL) {
        mtmi_buffer_text(out, "; weights calibrated to known totals");
    }
    if (known->lonely > 0) {
        mtmi_buffer_format(out, "; %zu %s a single cluster (rule: %s)", known->lonely,
                           known->lonely == 1 ? "stratum has" : "strata have", mtmi_lonely_name(design->lonely));
    }
    mtmi_buffer_format(out, "; %s degrees of freedom.", mtmi_real_write(known->df, 15, text));
}

static const char ones_text[] =
    "every population is 1, which is read as everything drawn, so that standard errors are 0; a population is "
    "the number of units there are, or the fraction drawn";

static void write_doubtful_rows(const mtm_survey *survey, const facts *known, int zero, mtmi_json *json) {
    size_t n = count_doubtful(survey, known, zero), shown = 0;
    for (size_t row = 0; n > 0 && row < survey->frame->n_rows && shown < LINES_SHOWN; row++) {
        mtmi_buffer text = MTMI_BUFFER_INIT;
        if (!is_doubtful(survey, known, row, zero)) {
            continue;
        }
        write_doubt(survey, known, zero, &text);
        mtmi_json_object(json);
        mtmi_json_pair(json, "code", zero ? "MTM-N212" : "MTM-N213");
        mtmi_json_pair_int(json, "line", mtmi_survey_line(survey->frame, row));
        mtmi_json_pair(json, "text", text.data);
        mtmi_json_object_end(json);
        mtmi_buffer_free(&text);
        shown++;
    }
}

static void write_notes(const mtm_survey *survey, const facts *known, mtmi_json *json) {
    const char *doubt = doubt_weights(survey, known);
    mtmi_json_key(json, "notes");
    mtmi_json_array(json);
    if (doubt != NULL) {
        mtmi_json_object(json);
        mtmi_json_pair(json, "code", "MTM-N213");
        mtmi_json_pair(json, "text", doubt);
        mtmi_json_object_end(json);
    }
    if (survey->design->ones != NULL) {
        mtmi_json_object(json);
        mtmi_json_pair(json, "code", "MTM-N205");
        mtmi_json_pair(json, "text", ones_text);
        mtmi_json_pair(json, "found", survey->design->ones->name);
        mtmi_json_object_end(json);
    }
    if (survey->zero_weights > 0) {
        mtmi_json_object(json);
        mtmi_json_pair(json, "code", "MTM-N212");
        mtmi_json_pair(json, "text", "rows with the weight 0 are in the design and in no estimate");
        mtmi_json_pair_int(json, "rows", survey->zero_weights);
        mtmi_json_object_end(json);
    }
    write_doubtful_rows(survey, known, 1, json);
    write_doubtful_rows(survey, known, 0, json);
    mtmi_json_array_end(json);
}

/* What the package and the form say of the questions: type, labels, answers, whether they are sensitive. */
static void write_questions(const mtm_survey *survey, mtmi_json *json, mtmi_buffer *out) {
    const char *name;
    json_t *question;
    mtmi_json_key(json, "questions");
    mtmi_json_array(json);
    json_object_foreach(survey->plan.questions, name, question) {
        char *declared = json_dumps(question, JSON_COMPACT | JSON_ENCODE_ANY);
        mtmi_json_object(json);
        mtmi_json_pair(json, "name", name);
        mtmi_json_key(json, "sensitive");
        mtmi_json_bool(json, mtmi_words_have(json_object_get(survey->plan.json, "sensitive"), name, strlen(name)));
        mtmi_json_key(json, "declared");
        mtmi_json_literal(json, declared != NULL ? declared : "null");
        mtmi_json_object_end(json);
        out->failed |= declared == NULL;
        free(declared);
    }
    mtmi_json_array_end(json);
}

static mtm_status write_json(const mtm_survey *survey, const facts *known, mtmi_buffer *out, mtm_error *err) {
    mtmi_json json;
    char weights[MTMI_AMOUNT_TEXT];
    mtmi_buffer methods = MTMI_BUFFER_INIT;
    mtmi_exact_write(&known->weights, weights);
    write_methods(survey, known, &methods);
    mtmi_json_start(&json, out);
    mtmi_json_object(&json);
    mtmi_json_pair(&json, "name", survey->name);
    mtmi_json_pair(&json, "sampling", survey->plan.purposive ? "purposive" : "probability");
    mtmi_json_pair(&json, "population", survey->plan.population);
    mtmi_json_pair(&json, "roster", survey->plan.roster_path);
    mtmi_json_key(&json, "rows");
    mtmi_json_object(&json);
    mtmi_json_pair_int(&json, "in", survey->rows_in);
    mtmi_json_pair_int(&json, "kept", mtmi_survey_interviews(survey->frame));
    mtmi_json_pair_int(&json, "refused", survey->rows_refused);
    mtmi_json_pair_int(&json, "blank", survey->blank);
    mtmi_json_object_end(&json);
    mtmi_json_pair(&json, "weight", survey->plan.weight);
    mtmi_json_pair(&json, "weights", known->weights.lost ? NULL : weights);
    write_real(&json, "sum_of_weights", known->sum);
    write_real(&json, "smallest_weight", known->least);
    write_real(&json, "largest_weight", known->most);
    write_stages(survey, &json);
    write_real(&json, "df", known->df);
    mtmi_json_pair_int(&json, "lonely_strata", (int64_t)known->lonely);
    mtmi_json_pair(&json, "lonely", mtmi_lonely_name(survey->plan.lonely));
    mtmi_json_pair(&json, "replicates", mtmi_replication_name(survey->plan.replication));
    mtmi_json_pair_int(&json, "n_replicates", survey->replicates == NULL ? 0 : (int64_t)survey->replicates->n);
    mtmi_json_key(&json, "corrected");
    mtmi_json_bool(&json, survey->design->multistage);
    mtmi_json_key(&json, "calibrated");
    mtmi_json_bool(&json, survey->plan.calibration != NULL);
    mtmi_json_pair(&json, "methods", methods.data);
    write_questions(survey, &json, out);
    write_notes(survey, known, &json);
    write_refusals(survey, &json);
    mtm_status status = mtmi_doubtful_answers_write(survey, &json, err);
    mtmi_json_object_end(&json);
    out->failed |= methods.failed;
    mtmi_buffer_free(&methods);
    return status;
}

static void print_doubtful_rows(const mtm_survey *survey, const facts *known, int zero, mtmi_buffer *out) {
    size_t n = count_doubtful(survey, known, zero), shown = 0;
    for (size_t row = 0; n > 0 && row < survey->frame->n_rows && shown < LINES_SHOWN; row++) {
        if (is_doubtful(survey, known, row, zero)) {
            mtmi_buffer_format(out, "%s:%lld: note[%s]: ", survey->name,
                               (long long)mtmi_survey_line(survey->frame, row), zero ? "MTM-N212" : "MTM-N213");
            write_doubt(survey, known, zero, out);
            mtmi_buffer_text(out, "\n");
            shown++;
        }
    }
}

static mtm_status write_text(const mtm_survey *survey, const facts *known, mtmi_buffer *out, mtm_error *err) {
    const char *doubt = doubt_weights(survey, known);
    mtmi_buffer_format(out, "%s: ", survey->name);
    write_methods(survey, known, out);
    mtmi_buffer_text(out, "\n");
    if (doubt != NULL) {
        mtmi_buffer_format(out, "note[MTM-N213]: %s\n", doubt);
    }
    if (survey->design->ones != NULL) {
        mtmi_buffer_format(out, "note[MTM-N205]: column \"%s\": %s\n", survey->design->ones->name, ones_text);
    }
    if (survey->zero_weights > 0) {
        mtmi_buffer_format(out, "note[MTM-N212]: %lld rows with the weight 0 are in the design and in no estimate\n",
                           (long long)survey->zero_weights);
    }
    print_doubtful_rows(survey, known, 1, out);
    print_doubtful_rows(survey, known, 0, out);
    for (size_t i = 0; i < survey->n_refusals; i++) {
        const mtmi_survey_refusal *one = &survey->refusals[i];
        mtmi_buffer_format(out, "%s:%lld: error[", one->source != NULL ? one->source : survey->name,
                           (long long)one->line);
        write_code(out, 'E', one->code);
        mtmi_buffer_text(out, "]: ");
        write_refusal(one, out);
        mtmi_buffer_format(out, one->found[0] == '\0' ? "\n" : " (\"%s\")\n", one->found);
    }
    return mtmi_doubtful_answers_print(survey, out, err);
}

mtm_status mtm_survey_describe(const mtm_survey *survey, mtm_format format, mtm_buffer **out, mtm_error *err) {
    mtmi_buffer buffer = MTMI_BUFFER_INIT;
    facts known;
    if (survey == NULL || out == NULL) {
        return mtmi_error_argument(err, survey == NULL ? "survey" : "out", "not NULL");
    }
    *out = NULL;
    MTMI_CHECK_STATUS(mtmi_survey_check_settled(survey, err));
    mtm_status status = find_facts(survey, &known, err);
    if (status != MTM_OK) {
        return status;
    }
    if (format == MTM_FORMAT_JSON) {
        status = write_json(survey, &known, &buffer, err);
    } else if (format == MTM_FORMAT_TEXT) {
        status = write_text(survey, &known, &buffer, err);
    } else {
        return mtmi_error_set(err, MTM_ERROR_UNSUPPORTED, 0, (mtmi_place){"format", 0, 0},
                              "a survey is described as text or json");
    }
    if (status != MTM_OK) {
        mtmi_buffer_free(&buffer);
        return status;
    }
    return mtmi_buffer_finish(&buffer, out, err);
}
