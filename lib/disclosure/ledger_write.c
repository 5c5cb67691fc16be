/* Writes the ledger with one publication more, whole or not at all. Each line between the first and the last is a
 * publication; lines of earlier ones are written as they were read. */
#include "disclosure/ledger.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/sink.h"

#include <string.h>

static int state_of(const mtmi_ledger_entry *entry) {
    return (entry->hidden ? 1 : 0) | (entry->listed ? 2 : 0) | (entry->open ? 4 : 0) | (entry->is_net ? 8 : 0) |
           (entry->is_rounded ? 16 : 0);
}

/* A digest of what the document says, however its observations are numbered. */
static int digest_document(const mtmi_evidence *evidence, const mtmi_ledger_entry *entries, size_t n, int threshold,
                           char *hex) {
    mtmi_buffer name = MTMI_BUFFER_INIT, head = MTMI_BUFFER_INIT;
    mtmi_sha256 hash;
    unsigned char digest[32];
    int whole = 1;
    mtmi_sha256_start(&hash);
    for (size_t i = 0; i < n && whole; i++) {
        mtmi_buffer_clear(&head);
        mtmi_buffer_format(&head, "%d,%d,%lld;", threshold, state_of(&entries[i]),
                           entries[i].is_rounded ? (long long)entries[i].printed : 0LL);
        whole = !head.failed;
        mtmi_sha256_add(&hash, whole ? head.data : "", whole ? head.size : 0);
        for (size_t k = 0; k < entries[i].n && whole; k++) {
            mtmi_buffer_clear(&head);
            mtmi_buffer_format(&head, "%d*", (int)entries[i].terms[k].sign);
            whole = !head.failed && mtmi_ledger_name(&evidence->observed[entries[i].terms[k].observed], &name);
            mtmi_sha256_add(&hash, whole ? head.data : "", whole ? head.size : 0);
            mtmi_sha256_add(&hash, whole ? name.data : "", whole ? name.size : 0);
        }
    }
    mtmi_sha256_finish(&hash, digest);
    mtmi_hash_hex(digest, sizeof digest, hex);
    mtmi_buffer_free(&name);
    mtmi_buffer_free(&head);
    return whole;
}

static int is_there(const mtmi_ledger *ledger, const char *document) {
    for (size_t i = 0; i < ledger->n_publications; i++) {
        if (strcmp(ledger->publications[i].document, document) == 0) {
            return 1;
        }
    }
    return 0;
}

static void write_text(mtmi_buffer *out, const char *text) {
    mtmi_json json;
    mtmi_json_start(&json, out);
    mtmi_json_text(&json, text);
}

static void write_observed(mtmi_buffer *out, const mtmi_observed *o, int first) {
    mtmi_buffer_text(out, first ? "[" : ",[");
    write_text(out, o->family);
    mtmi_buffer_char(out, ',');
    write_text(out, o->cell);
    mtmi_buffer_format(out, ",%d,%d,%d,%d,%lld,%d,%d", (int)o->period.first, (int)o->period.last, (int)o->release.first,
                       (int)o->release.last, (long long)o->units, o->decimals, mtmi_ledger_flags(o));
    if (o->by.contributors >= 0) {
        mtmi_buffer_format(out, ",%lld,%lld,%lld", (long long)o->by.contributors, (long long)o->by.largest,
                           (long long)o->by.second);
    }
    mtmi_buffer_char(out, ']');
}

static int write_numbers(mtmi_ledger *ledger, const mtmi_evidence *evidence, const mtmi_ledger_entry *entries, size_t n,
                         mtmi_buffer *out) {
    for (size_t i = 0; i < n; i++) {
        mtmi_buffer_format(out, "%s[%d", i > 0 ? "," : "", state_of(&entries[i]));
        if (entries[i].is_rounded) {
            mtmi_buffer_format(out, ",%lld", (long long)entries[i].printed);
        }
        for (size_t k = 0; k < entries[i].n; k++) {
            const mtmi_evidence_term *term = &entries[i].terms[k];
            uint32_t at = mtmi_ledger_keep(ledger, &evidence->observed[term->observed]);
            if (at == MTMI_MAP_NONE) {
                return 0;
            }
            mtmi_buffer_format(out, ",%zu,%d", (size_t)at, (int)term->sign);
        }
        mtmi_buffer_char(out, ']');
    }
    return 1;
}

static int write_publication(mtmi_ledger *ledger, const mtmi_evidence *evidence, const mtmi_ledger_entry *entries,
                             size_t n, const char *head, mtmi_buffer *out) {
    mtmi_buffer numbers = MTMI_BUFFER_INIT;
    size_t before = ledger->n_observed;
    int whole = write_numbers(ledger, evidence, entries, n, &numbers) && !numbers.failed;
    mtmi_buffer_text(out, head);
    for (size_t i = before; i < ledger->n_observed && whole; i++) {
        write_observed(out, &ledger->observed[i], i == before);
    }
    mtmi_buffer_text(out, "],\"numbers\":[");
    mtmi_buffer_add(out, numbers.data != NULL ? numbers.data : "", whole ? numbers.size : 0);
    mtmi_buffer_text(out, "]}\n");
    mtmi_buffer_free(&numbers);
    return whole && !out->failed;
}

static void write_end(mtmi_buffer *out, size_t n) {
    mtmi_sha256 hash;
    unsigned char digest[32];
    char hex[65];
    mtmi_sha256_start(&hash);
    mtmi_sha256_add(&hash, out->data != NULL ? out->data : "", out->size);
    mtmi_sha256_finish(&hash, digest);
    mtmi_hash_hex(digest, sizeof digest, hex);
    mtmi_buffer_format(out, "{\"publications\":%zu,\"sha256\":\"%s\"}\n", n, hex);
}

/* The ledger as it stands now, so that another document may follow under the same lock. */
static int take_written(mtmi_ledger *ledger, mtmi_buffer *out, size_t kept, const char *title, const char *document,
                        int threshold) {
    void *table = ledger->publications;
    int room = mtmi_memory_reserve(&table, &ledger->publications_capacity, ledger->n_publications + 1,
                                   sizeof *ledger->publications);
    ledger->publications = table;
    mtmi_publication written = {mtmi_memory_copy_text(title), mtmi_memory_copy_text(document), threshold};
    char *bytes = mtmi_memory_copy_bytes(out->data, out->size);
    if (!room || written.title == NULL || written.document == NULL || bytes == NULL) {
        mtmi_memory_free(written.title);
        mtmi_memory_free(written.document);
        mtmi_memory_free(bytes);
        return 0;
    }
    ledger->publications[ledger->n_publications++] = written;
    mtmi_memory_free(ledger->bytes);
    ledger->bytes = bytes;
    ledger->size = out->size;
    ledger->kept = kept;
    return 1;
}

mtm_status mtmi_ledger_add(mtmi_ledger *ledger, const mtmi_evidence *evidence, const mtmi_ledger_entry *entries,
                           size_t n, const char *title, int threshold, mtm_error *err) {
    mtmi_buffer out = MTMI_BUFFER_INIT, head = MTMI_BUFFER_INIT;
    char document[65];
    mtm_status status = MTM_OK;
    if (!digest_document(evidence, entries, n, threshold, document)) {
        return mtmi_error_memory(err);
    }
    if (n == 0 || is_there(ledger, document)) {
        return MTM_OK;
    }
    mtmi_buffer_format(&head, "{\"document\":\"%s\",\"threshold\":%d,\"title\":", document, threshold);
    write_text(&head, title);
    mtmi_buffer_text(&head, ",\"observed\":[");
    if (ledger->kept > 0) {
        mtmi_buffer_add(&out, ledger->bytes, ledger->kept);
    } else {
        mtmi_buffer_format(&out, "{\"ledger\":\"mtm\",\"version\":%d}\n", MTMI_LEDGER_VERSION);
    }
    int whole = !head.failed && write_publication(ledger, evidence, entries, n, head.data, &out);
    size_t kept = out.size;
    if (whole) {
        write_end(&out, ledger->n_publications + 1);
        whole = !out.failed && take_written(ledger, &out, kept, title, document, threshold);
    }
    status =
        whole && !out.failed ? mtmi_sink_save_private(ledger->path, out.data, out.size, err) : mtmi_error_memory(err);
    mtmi_buffer_free(&out);
    mtmi_buffer_free(&head);
    return status;
}
