/* Reads exports that have labels for names, in any language of the form.
 * Invariant: a label stands for a name only where one question, or one answer of it, has the label. */
#include "survey/form/export_labels.h"

#include "base/text.h"
#include "survey/form/form_label.h"

#include <string.h>

json_t *mtmi_export_answers(json_t *questions, const char *name) {
    const char *question;
    json_t *declared;
    json_object_foreach(questions, question, declared) {
        const char *column = json_string_value(json_object_get(declared, "column")),
                   *type = json_string_value(json_object_get(declared, "type")), *end = strrchr(name, '/');
        column = column == NULL ? question : column;
        int is_one = (type == NULL || strcmp(type, "one") == 0) && json_object_get(declared, "multiple") == NULL;
        if (is_one && (strcmp(column, name) == 0 || (end != NULL && strcmp(column, end + 1) == 0))) {
            return json_object_get(declared, "answers");
        }
    }
    return NULL;
}

/* Whether a text is a label: one text, or that of some language. */
static int is_label(const json_t *label, const char *text, size_t length) {
    const char *language;
    json_t *one;
    json_object_foreach((json_t *)label, language, one) {
        if (is_label(one, text, length)) {
            return 1;
        }
    }
    return json_is_string(label) && json_string_length(label) == length &&
           memcmp(json_string_value(label), text, length) == 0;
}

/* The only key of an object whose value, or whose member of it, has this label; NULL for none or several. */
static const char *labelled(json_t *all, const char *member, const char *text, size_t length) {
    const char *key, *found = NULL;
    size_t n = 0;
    json_t *value;
    json_object_foreach(all, key, value) {
        if (is_label(member == NULL ? value : json_object_get(value, member), text, length)) {
            found = key;
            n++;
        }
    }
    return n == 1 ? found : NULL;
}

/* The question, and where the text names one the answer, of labels such as "Main needs" and "Main needs/Food". */
static const char *labelled_question(json_t *questions, const char *text, size_t length, const char **answer) {
    const char *question = labelled(questions, "label", text, length);
    for (size_t end = length; question == NULL && end-- > 0;) {
        if (text[end] == '/') {
            question = labelled(questions, "label", text, end);
            *answer = question == NULL ? NULL
                                       : labelled(json_object_get(json_object_get(questions, question), "answers"),
                                                  NULL, text + end + 1, length - end - 1);
            return *answer == NULL ? NULL : question;
        }
    }
    return question;
}

const char *mtmi_export_header(json_t *questions, const mtmi_row *row, size_t i, mtmi_buffer *made, size_t *length) {
    *length = row->cells[i].length;
    const char *text = mtmi_text_trim(row->cells[i].text, length), *answer = NULL;
    mtmi_buffer_clear(made);
    mtmi_form_plain(text, *length, made);
    if (made->failed || made->size == 0) {
        return made->failed ? NULL : text;
    }
    const char *question = labelled_question(questions, made->data, made->size, &answer);
    for (size_t start = 1; question == NULL && start < made->size; start++) {
        if (made->data[start - 1] == '/') {
            question = labelled_question(questions, made->data + start, made->size - start, &answer);
        }
    }
    for (size_t k = 0; question != NULL && k < row->n_cells; k++) {
        size_t other = row->cells[k].length;
        const char *name = mtmi_text_trim(row->cells[k].text, &other);
        if (answer == NULL && k != i && other == strlen(question) && memcmp(name, question, other) == 0) {
            return text;
        }
    }
    if (question == NULL || json_object_get(json_object_get(questions, question), "column") != NULL) {
        return text;
    }
    mtmi_buffer_clear(made);
    mtmi_buffer_text(made, question);
    mtmi_buffer_text(made, answer == NULL ? "" : "/");
    mtmi_buffer_text(made, answer == NULL ? "" : answer);
    *length = made->size;
    return made->failed ? NULL : made->data;
}
