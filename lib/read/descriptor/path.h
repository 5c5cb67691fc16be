/* Whether a path may stand in a data package, by its text. Links are refused when the file is opened
 * (base/source.h). */
#ifndef MTMI_READ_DESCRIPTOR_PATH_H
#define MTMI_READ_DESCRIPTOR_PATH_H

/* NULL for a path inside the folder; else what was found in it: "a backslash". */
const char *mtmi_path_wrong(const char *path);

#endif
