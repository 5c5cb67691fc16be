/* The structure of SDMX messages: the components of IOM:MTM_REPORT(1.0), and the codes that a report uses of each. */
#ifndef MTMI_RENDER_EXCHANGE_SDMX_MODEL_H
#define MTMI_RENDER_EXCHANGE_SDMX_MODEL_H

#include "base/json.h"
#include "render/exchange/observations.h"

typedef enum mtmi_sdmx_component {
    MTMI_SDMX_AREA = 0,
    MTMI_SDMX_INDICATOR,
    MTMI_SDMX_BREAKDOWN,
    MTMI_SDMX_MEMBER,
    MTMI_SDMX_TIME,
    MTMI_SDMX_STATUS,
    MTMI_SDMX_UNIT,
    MTMI_SDMX_MULTIPLIER,
    MTMI_SDMX_DECIMALS,
    MTMI_SDMX_COMPONENTS
} mtmi_sdmx_component;

#define MTMI_SDMX_DIMENSIONS 5 /* the first ones */

typedef struct mtmi_sdmx_description {
    const char *id, *name, *codelist; /* codelist NULL: the values are no codes */
    const char *type;                 /* of values that are no codes */
} mtmi_sdmx_description;

extern const mtmi_sdmx_description mtmi_sdmx_components[MTMI_SDMX_COMPONENTS];

typedef struct mtmi_sdmx_code {
    char id[44];
    const char *name; /* lent by the report */
    mtm_period period;
} mtmi_sdmx_code;

/* Codes in the order of their ids, each once. */
typedef struct mtmi_sdmx_codes {
    mtmi_sdmx_code *items;
    size_t n;
} mtmi_sdmx_codes;

typedef struct mtmi_sdmx_model {
    const mtmi_render_request *request;
    mtmi_sdmx_codes codes[MTMI_SDMX_COMPONENTS];
} mtmi_sdmx_model;

/* 0 without memory; to be cleared in every case. */
int mtmi_sdmx_model_build(mtmi_sdmx_model *model, const mtmi_render_request *request);
void mtmi_sdmx_model_clear(mtmi_sdmx_model *model);
/* The value of a component of an observation. */
void mtmi_sdmx_value(const mtmi_sdmx_model *model, const mtmi_report_observation *observation,
                     mtmi_sdmx_component component, mtmi_sdmx_code *out);
/* Where it stands among the codes. */
size_t mtmi_sdmx_index(const mtmi_sdmx_model *model, const mtmi_report_observation *observation,
                       mtmi_sdmx_component component);
/* "MTM_KAZ_2024-Q2": an id of the message. */
void mtmi_sdmx_message_id(const mtm_report *report, mtmi_buffer *out);
/* The member "meta" of a message in JSON. schema: its address, or NULL for none; suffix: of the message's id. */
void mtmi_sdmx_put_meta(mtmi_json *json, const mtm_report *report, const char *schema, const char *suffix);
/* What a status letter means. */
const char *mtmi_sdmx_status_name(char status);

#endif
