/* Fills the places of messages and keeps the texts for the report. A place without a text stays empty. */
#include "report/text_builder.h"

#include "base/buffer.h"
#include "base/memory.h"

#include <stdarg.h>
#include <string.h>

#define PLACES_MAX 32

typedef struct place {
    const char *name, *text;
} place;

void *mtmi_text_builder_table(mtmi_text_builder *scribe, size_t n, size_t size) {
    void *table = n > 0 ? mtmi_memory_new(n, size) : NULL;
    scribe->failed |= n > 0 && table == NULL;
    return table;
}

/* Takes a block over; "" when there is none. */
static const char *keep_text(mtmi_text_builder *scribe, char *text) {
    mtm_report *report = scribe->report;
    void *texts = report->texts;
    int room = text != NULL &&
               mtmi_memory_reserve(&texts, &report->texts_capacity, report->n_texts + 1, sizeof *report->texts);
    report->texts = texts;
    if (!room) {
        mtmi_memory_free(text);
        scribe->failed = 1;
        return "";
    }
    report->texts[report->n_texts++] = text;
    return text;
}

const char *mtmi_text_builder_keep(mtmi_text_builder *scribe, const char *text) {
    return text == NULL || *text == '\0' ? "" : keep_text(scribe, mtmi_memory_copy_text(text));
}

static int is_named(const char *name, size_t length, const char *place_name) {
    return strlen(place_name) == length && memcmp(name, place_name, length) == 0;
}

/* The text of the form, or of the plain word. */
static const char *find_place(const place *places, size_t n, const char *name, size_t length) {
    const char *dot = memchr(name, '.', length);
    for (size_t i = 0; i < n; i++) {
        if (is_named(name, length, places[i].name)) {
            return places[i].text;
        }
    }
    return dot != NULL ? find_place(places, n, name, (size_t)(dot - name)) : "";
}

const char *mtmi_say_all(mtmi_text_builder *scribe, const char *message, va_list arguments) {
    place places[PLACES_MAX];
    size_t n = 0;
    for (const char *name; n < PLACES_MAX && (name = va_arg(arguments, const char *)) != NULL; n++) {
        const char *text = va_arg(arguments, const char *);
        places[n] = (place){name, text != NULL ? text : ""};
    }
    mtmi_buffer out = MTMI_BUFFER_INIT;
    const char *rest = message;
    for (const char *open; (open = strchr(rest, '{')) != NULL;) {
        const char *close = strchr(open, '}');
        if (close == NULL) {
            break;
        }
        mtmi_buffer_add(&out, rest, (size_t)(open - rest));
        mtmi_buffer_text(&out, find_place(places, n, open + 1, (size_t)(close - open - 1)));
        rest = close + 1;
    }
    mtmi_buffer_text(&out, rest);
    char *text = out.failed ? NULL : out.data;
    if (text == NULL) {
        mtmi_buffer_free(&out);
    }
    return keep_text(scribe, text);
}

const char *mtmi_say(mtmi_text_builder *scribe, mtmi_message message, ...) {
    va_list arguments;
    va_start(arguments, message);
    const char *text = mtmi_say_all(scribe, scribe->words->messages[message], arguments);
    va_end(arguments);
    return text;
}
