/* A revision triangle: what an indicator was for each period, as of each release. */
#ifndef MTMI_REVISIONS_TRIANGLE_H
#define MTMI_REVISIONS_TRIANGLE_H

#include "base/buffer.h"

#include <mtm.h>

typedef struct mtmi_revised {
    int has;
    mtm_decimal value;
} mtmi_revised;

typedef struct mtmi_triangle {
    const char *indicator, *unit; /* lent by the catalogue */
    mtm_period *periods;          /* oldest first */
    size_t n_periods;
    int32_t *releases; /* their last days, oldest first, each once */
    size_t n_releases;
    mtmi_revised *cells; /* period by period, of each the releases */
} mtmi_triangle;

#define MTMI_TRIANGLE_MOST_RELEASES 512

void mtmi_triangle_free(mtmi_triangle *triangle);

/* What a release did to a period's value. */
typedef struct mtmi_revision {
    int is_first;         /* nothing was there before */
    mtm_decimal absolute; /* against what was there before */
    int has_percent;
    mtm_decimal percent;
} mtmi_revision;

/* 0 where the release has no value of the period. */
int mtmi_triangle_revision(const mtmi_triangle *triangle, size_t period, size_t release, mtmi_revision *out);

/* write.c */
void mtmi_triangle_text(const mtmi_triangle *triangle, mtmi_buffer *out);
void mtmi_triangle_csv(const mtmi_triangle *triangle, mtmi_buffer *out);
void mtmi_triangle_json(const mtmi_triangle *triangle, mtmi_buffer *out);

#endif
