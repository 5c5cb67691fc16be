/* Bytes to UTF-8. A byte 0xFF, which UTF-8 never has, stands for what is no text. */
#ifndef MTMI_READ_CSV_ENCODING_H
#define MTMI_READ_CSV_ENCODING_H

#include "read/table/rows.h"

#define MTMI_HEAD ((size_t)256 << 10) /* bytes that are looked at before anything is decided */

typedef struct mtmi_decoder mtmi_decoder;

/* The source is borrowed. declared may be NULL. */
mtm_status mtmi_decoder_new(mtmi_source *source, const char *declared, const mtmi_limits *limits, mtmi_decoder **out,
                            mtm_error *err);
void mtmi_decoder_free(mtmi_decoder *decoder);
/* The first bytes as they are in the file, up to MTMI_HEAD. */
const char *mtmi_decoder_head(const mtmi_decoder *decoder, size_t *size);
/* Fills up to size bytes (at least 8); *got 0 only at the end. */
mtm_status mtmi_decoder_read(mtmi_decoder *decoder, char *bytes, size_t size, size_t *got, mtm_error *err);
/* What was decided, and how: CONTENT is UTF-8 so far, or another encoding that the cells prove. */
mtmi_check_property mtmi_decoder_encoding(const mtmi_decoder *decoder);
/* Whether it is only assumed to be UTF-8, so that a byte that is not ends the file. */
int mtmi_encoding_is_assumed(const mtmi_check_property *encoding);
/* What was declared where something else was used; NULL else. */
const char *mtmi_decoder_overruled(const mtmi_decoder *decoder);
uint64_t mtmi_decoder_position(const mtmi_decoder *decoder);

/* encoding_proof.c: the encoding in which cells of the bytes are known words, as they are in no other; *out is static, NULL
 * where that does not prove it. */
mtm_status mtmi_encoding_prove(const char *bytes, size_t size, const char **out, mtm_error *err);

/* encoding_guess.c: whether bytes of the Cyrillic code page have letters that only the Kazakh one has. */
int mtmi_encoding_is_kazakh(const char *name, const char *bytes, size_t size);
/* The likely encoding of bytes that are not UTF-8, such as "windows-1251"; NULL for no idea. out holds 40. */
const char *mtmi_encoding_guess(const char *bytes, size_t size, char *out);

#endif
