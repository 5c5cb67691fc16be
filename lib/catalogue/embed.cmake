# In: a JSON file. Out: a C file with its bytes.
file(READ "${JSON}" hex HEX)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)" "\\1\n" bytes "${bytes}")
file(WRITE "${ARRAY}" "/* Made from lib/catalogue/catalogue.json. */
#include \"catalogue/json.h\"

const unsigned char mtmi_catalogue_json[] = {
${bytes}};
const size_t mtmi_catalogue_json_size = sizeof mtmi_catalogue_json;
")
