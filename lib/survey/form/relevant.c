/* Follows conditions as XLSForm writes them (ODK XForms, a part of XPath 1.0): ${question}, numbers, texts,
 * comparisons, and, or, not, arithmetic, selected(), count-selected(), if(), coalesce() and a few more. An empty
 * answer is no number, and no comparison with it but != holds. The text may be an enemy's. Invariant: nodes come
 * after those that they are made of, so that a condition ends. */
#include "survey/form/relevant.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "survey/form/split.h"

#include <math.h>
#include <string.h>

#define NODES_MOST 400
#define DEEPEST 40

typedef enum operation {
    TEXT,
    NUMBER,
    ANSWER,
    OR,
    AND,
    EQUAL,
    UNEQUAL,
    LESS,
    AT_MOST,
    MORE,
    AT_LEAST,
    PLUS,
    MINUS,
    TIMES,
    DIVIDE,
    MODULO,
    NEGATE,
    SELECTED,
    NOT,
    TRUE_,
    FALSE_,
    COUNT_SELECTED,
    TO_NUMBER,
    TO_INT,
    TO_STRING,
    LENGTH,
    COALESCE,
    IF
} operation;

typedef struct node {
    operation is;
    int of[3]; /* nodes before this one */
    const char *text;
    size_t length;
    double number;
    const mtmi_survey_column *column;
    mtmi_split split; /* of several answers in columns of their own, which tell more than labels in one cell */
} node;

typedef struct parser {
    const char *at, *end;
    node nodes[NODES_MOST];
    int n, depth;
} parser;

/* ---- parsing: each gives the number of a node, or -1 ---- */

static int parse_or(parser *p);

static void skip_space(parser *p) {
    while (p->at < p->end && (*p->at == ' ' || *p->at == '\n' || *p->at == '\r' || *p->at == '\t')) {
        p->at++;
    }
}

static int is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/* A mark or word; a word ends where no name goes on. */
static int take(parser *p, const char *word) {
    size_t length = strlen(word);
    skip_space(p);
    if ((size_t)(p->end - p->at) < length || memcmp(p->at, word, length) != 0) {
        return 0;
    }
    if (word[0] >= 'a' && p->at + length < p->end && is_name(p->at[length])) {
        return 0;
    }
    p->at += length;
    return 1;
}

static int add_node(parser *p, operation is, int a, int b, int c) {
    if (a < -1 || b < -1 || c < -1 || p->n == NODES_MOST) {
        return -1;
    }
    p->nodes[p->n] = (node){.is = is, .of = {a, b, c}};
    return p->n++;
}

static int binary(parser *p, operation is, int a, int b) {
    return a < 0 || b < 0 ? -1 : add_node(p, is, a, b, 0);
}

static int parse_text(parser *p, char quote) {
    const char *stop = memchr(p->at, quote, (size_t)(p->end - p->at));
    int made = stop == NULL ? -1 : add_node(p, TEXT, 0, 0, 0);
    if (made >= 0) {
        p->nodes[made].text = p->at;
        p->nodes[made].length = (size_t)(stop - p->at);
        p->at = stop + 1;
    }
    return made;
}

static int parse_number(parser *p) {
    const char *start = p->at;
    mtmi_amount amount;
    while (p->at < p->end && ((*p->at >= '0' && *p->at <= '9') || *p->at == '.')) {
        p->at++;
    }
    int made = p->at == start || !mtmi_amount_read(start, (size_t)(p->at - start), &amount)
                   ? -1
                   : add_node(p, NUMBER, 0, 0, 0);
    if (made >= 0) {
        p->nodes[made].number = mtmi_amount_value(amount);
    }
    return made;
}

static int parse_answer(parser *p) {
    const char *stop = memchr(p->at, '}', (size_t)(p->end - p->at));
    int made = stop == NULL || stop == p->at ? -1 : add_node(p, ANSWER, 0, 0, 0);
    if (made >= 0) {
        p->nodes[made].text = p->at;
        p->nodes[made].length = (size_t)(stop - p->at);
        p->at = stop + 1;
    }
    return made;
}

static const struct {
    const char *name;
    operation is;
    int n;
} functions[] = {{"selected", SELECTED, 2},
                 {"not", NOT, 1},
                 {"true", TRUE_, 0},
                 {"false", FALSE_, 0},
                 {"count-selected", COUNT_SELECTED, 1},
                 {"number", TO_NUMBER, 1},
                 {"int", TO_INT, 1},
                 {"string", TO_STRING, 1},
                 {"string-length", LENGTH, 1},
                 {"coalesce", COALESCE, 2},
                 {"if", IF, 3}};

static int parse_function(parser *p) {
    for (size_t f = 0; f < sizeof functions / sizeof *functions; f++) {
        int part[3] = {0, 0, 0};
        if (!take(p, functions[f].name)) {
            continue;
        }
        if (!take(p, "(")) {
            return -1;
        }
        for (int i = 0; i < functions[f].n; i++) {
            if (i > 0 && !take(p, ",")) {
                return -1;
            }
            part[i] = parse_or(p);
            if (part[i] < 0) {
                return -1;
            }
        }
        return take(p, ")") ? add_node(p, functions[f].is, part[0], part[1], part[2]) : -1;
    }
    return -1;
}

static int parse_primary(parser *p) {
    if (take(p, "(")) {
        int inner = parse_or(p);
        return take(p, ")") ? inner : -1;
    }
    if (take(p, "${")) {
        return parse_answer(p);
    }
    if (take(p, "'")) {
        return parse_text(p, '\'');
    }
    if (take(p, "\"")) {
        return parse_text(p, '"');
    }
    skip_space(p);
    return p->at < p->end && ((*p->at >= '0' && *p->at <= '9') || *p->at == '.') ? parse_number(p) : parse_function(p);
}

static int parse_sign(parser *p) {
    if (!take(p, "-")) {
        return parse_primary(p);
    }
    int part = parse_primary(p);
    return part < 0 ? -1 : add_node(p, NEGATE, part, 0, 0);
}

typedef struct level {
    const char *marks[4];
    operation is[4];
    int (*next)(parser *p);
} level;

/* Operators of one rank, from the left. */
static int parse_level(parser *p, const level *tree) {
    int left = tree->next(p);
    for (int found = 1; left >= 0 && found;) {
        found = 0;
        for (int i = 0; i < 4 && tree->marks[i] != NULL && !found; i++) {
            if (take(p, tree->marks[i])) {
                left = binary(p, tree->is[i], left, tree->next(p));
                found = 1;
            }
        }
    }
    return left;
}

static int parse_product(parser *p) {
    static const level tree = {{"*", "div", "mod", NULL}, {TIMES, DIVIDE, MODULO, TEXT}, parse_sign};
    return parse_level(p, &tree);
}

static int parse_sum(parser *p) {
    static const level tree = {{"+", "-", NULL, NULL}, {PLUS, MINUS, TEXT, TEXT}, parse_product};
    return parse_level(p, &tree);
}

static int parse_order(parser *p) {
    static const level tree = {{"<=", ">=", "<", ">"}, {AT_MOST, AT_LEAST, LESS, MORE}, parse_sum};
    return parse_level(p, &tree);
}

static int parse_equal(parser *p) {
    static const level tree = {{"!=", "=", NULL, NULL}, {UNEQUAL, EQUAL, TEXT, TEXT}, parse_order};
    return parse_level(p, &tree);
}

static int parse_and(parser *p) {
    static const level tree = {{"and", NULL, NULL, NULL}, {AND, TEXT, TEXT, TEXT}, parse_equal};
    return parse_level(p, &tree);
}

static int parse_or(parser *p) {
    static const level tree = {{"or", NULL, NULL, NULL}, {OR, TEXT, TEXT, TEXT}, parse_and};
    if (p->depth == DEEPEST) {
        return -1;
    }
    p->depth++;
    int made = parse_level(p, &tree);
    p->depth--;
    return made;
}

/* The last node, or -1. */
static int parse(parser *p, const char *text, size_t length) {
    p->at = text;
    p->end = text + length;
    p->n = p->depth = 0;
    int made = parse_or(p);
    skip_space(p);
    return p->at == p->end ? made : -1;
}

int mtmi_relevant_is_known(const char *text, size_t length) {
    parser *p = mtmi_memory_new(1, sizeof *p);
    int known = p != NULL && parse(p, text, length) >= 0;
    mtmi_memory_free(p);
    return known;
}

/* ---- judging a row ---- */

typedef enum type { IS_TEXT, IS_NUMBER, IS_TRUTH } type;

typedef struct value {
    type is;
    double number; /* 1 or 0 of a truth */
    const char *text;
    size_t length;
} value;

static value truth(int is) {
    return (value){IS_TRUTH, is != 0, "", 0};
}

static value number(double is) {
    return (value){IS_NUMBER, is, "", 0};
}

static double as_number(value operand) {
    mtmi_amount amount;
    if (operand.is != IS_TEXT) {
        return operand.number;
    }
    return operand.length > 0 && mtmi_amount_read_as(operand.text, operand.length, MTMI_COMMA_DOUBTFUL, &amount)
               ? mtmi_amount_value(amount)
               : NAN;
}

static int as_truth(value operand) {
    return operand.is == IS_TEXT ? operand.length > 0 : operand.number != 0 && !isnan(operand.number);
}

static int same(value a, value b) {
    if (a.is == IS_TRUTH || b.is == IS_TRUTH) {
        return as_truth(a) == as_truth(b);
    }
    if (a.is == IS_NUMBER || b.is == IS_NUMBER) {
        return as_number(a) == as_number(b);
    }
    return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
}

/* The words of a text, and how many are the one wanted; NULL counts all. */
static int count_words(value operand, const value *wanted) {
    int n = 0;
    for (size_t i = 0; operand.is == IS_TEXT && i < operand.length;) {
        size_t length = 0;
        while (i + length < operand.length && operand.text[i + length] != ' ') {
            length++;
        }
        n += length > 0 &&
             (wanted == NULL || (wanted->length == length && memcmp(operand.text + i, wanted->text, length) == 0));
        i += length + 1;
    }
    return n;
}

static value answer_of(const node *parent, size_t row) {
    mtmi_amount amount;
    if (parent->split.n > 0) {
        value answers = {IS_TEXT, 0, NULL, 0};
        answers.text = mtmi_split_at(&parent->split, row, &answers.length);
        return answers;
    }
    if (parent->column->is_number) {
        return mtmi_survey_amount_at(parent->column, row, &amount) ? number(mtmi_amount_value(amount))
                                                                   : (value){0, 0, "", 0};
    }
    value cell = {IS_TEXT, 0, NULL, 0};
    cell.text = mtmi_survey_word(parent->column, mtmi_survey_code(parent->column, row), &cell.length);
    return cell;
}

static value call(operation is, value a, value b, value c) {
    switch (is) {
    case SELECTED: return truth(count_words(a, &b) > 0);
    case NOT: return truth(!as_truth(a));
    case TRUE_:
    case FALSE_: return truth(is == TRUE_);
    case COUNT_SELECTED: return number(count_words(a, NULL));
    case TO_NUMBER: return number(as_number(a));
    case TO_INT: return number(trunc(as_number(a)));
    case LENGTH: return number((double)a.length);
    case COALESCE: return a.is == IS_TEXT && a.length == 0 ? b : a;
    case IF: return as_truth(a) ? b : c;
    default: return a;
    }
}

static value calculate(operation is, double a, double b) {
    switch (is) {
    case LESS: return truth(a < b);
    case AT_MOST: return truth(a <= b);
    case MORE: return truth(a > b);
    case AT_LEAST: return truth(a >= b);
    case PLUS: return number(a + b);
    case MINUS: return number(a - b);
    case TIMES: return number(a * b);
    case DIVIDE: return number(a / b);
    case MODULO: return number(fmod(a, b));
    default: return number(-a);
    }
}

static value judge_node(const node *parent, const value *values, size_t row) {
    const value a = values[parent->of[0]], b = values[parent->of[1]], c = values[parent->of[2]];
    switch (parent->is) {
    case TEXT: return (value){IS_TEXT, 0, parent->text, parent->length};
    case NUMBER: return number(parent->number);
    case ANSWER: return answer_of(parent, row);
    case OR: return truth(as_truth(a) || as_truth(b));
    case AND: return truth(as_truth(a) && as_truth(b));
    case EQUAL: return truth(same(a, b));
    case UNEQUAL: return truth(!same(a, b));
    default:
        return parent->is >= SELECTED ? call(parent->is, a, b, c) : calculate(parent->is, as_number(a), as_number(b));
    }
}

/* *all: 0 where the file lacks a question. */
static mtm_status find_columns(parser *p, const mtmi_survey_frame *frame, const mtmi_survey_plan *plan, int *all,
                               mtm_error *err) {
    char name[256];
    *all = 1;
    for (int i = 0; i < p->n && *all; i++) {
        node *parent = &p->nodes[i];
        if (parent->is != ANSWER) {
            continue;
        }
        if (parent->length >= sizeof name) {
            *all = 0;
            return MTM_OK;
        }
        memcpy(name, parent->text, parent->length);
        name[parent->length] = '\0';
        json_t *declared = json_object_get(plan->questions, name);
        const char *column = json_string_value(json_object_get(declared, "column"));
        parent->column = mtmi_survey_frame_match(frame, column == NULL ? name : column, 1);
        const char *kind = json_string_value(json_object_get(declared, "type"));
        if (parent->column == NULL || (kind != NULL && strcmp(kind, "several") == 0)) {
            MTMI_CHECK_STATUS(mtmi_split_read(frame, name, declared, &parent->split, err));
        }
        *all = parent->column != NULL || parent->split.n > 0;
    }
    return MTM_OK;
}

mtm_status mtmi_relevant_judge(const mtmi_survey_frame *frame, const mtmi_survey_plan *plan, const char *name,
                               const char *text, uint8_t **out, mtm_error *err) {
    mtm_status status = MTM_OK;
    value *values = NULL;
    uint8_t *meets = NULL;
    parser *p = mtmi_memory_new(1, sizeof *p);
    *out = NULL;
    MTMI_TRY(p == NULL ? mtmi_error_memory(err) : MTM_OK);
    int last = parse(p, text, strlen(text));
    MTMI_TRY(last < 0
                 ? mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, (mtmi_place){name, 0, 0},
                                  "\"asked\": the condition %q cannot be followed, expected comparisons of ${question} "
                                  "with and, or, not, selected()",
                                  text)
                 : MTM_OK);
    int has_all;
    MTMI_TRY(find_columns(p, frame, plan, &has_all, err));
    if (!has_all) {
        goto out;
    }
    values = mtmi_memory_new(NODES_MOST, sizeof *values);
    meets = mtmi_memory_new(frame->n_rows + 1, 1);
    MTMI_TRY(values == NULL || meets == NULL ? mtmi_error_memory(err) : MTM_OK);
    for (size_t row = 0; row < frame->n_rows; row++) {
        for (int i = 0; i <= last; i++) {
            values[i] = judge_node(&p->nodes[i], values, row);
        }
        meets[row] = (uint8_t)as_truth(values[last]);
    }
    *out = meets;
    meets = NULL;
out:
    mtmi_memory_free(values);
    mtmi_memory_free(meets);
    for (int i = 0; p != NULL && i < p->n; i++) {
        mtmi_split_free(&p->nodes[i].split);
    }
    mtmi_memory_free(p);
    return status;
}
