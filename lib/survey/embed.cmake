# In: a JSON file. Out: a C file with its bytes.
file(READ "${JSON}" hex HEX)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)" "\\1\n" bytes "${bytes}")
file(WRITE "${ARRAY}" "/* Made from lib/survey/definitions.json. */
#include \"survey/definitions.h\"

const unsigned char mtmi_survey_definitions[] = {
${bytes}};
const size_t mtmi_survey_definitions_size = sizeof mtmi_survey_definitions;
")
