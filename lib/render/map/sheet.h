/* The maps of a report as a sheet of a workbook. */
#ifndef MTMI_RENDER_MAP_SHEET_H
#define MTMI_RENDER_MAP_SHEET_H

#include "render/office/office_workbook.h"
#include "report/report.h"

int mtmi_map_any(const mtm_report *report); /* whether an indicator of the report has a map */
/* What every map shows, an area a row: its figure, its class or mark, and the message of the map. */
void mtmi_map_sheet(mtmi_workbook *book, const mtm_report *report);

#endif
