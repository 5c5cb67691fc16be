# Writes a file's bytes as a C array: cmake -DINPUT=page.css -DOUTPUT=page_css.c -DNAME=mtmi_page_css -P embed.cmake
file(READ "${INPUT}" bytes HEX)
string(REGEX REPLACE "(................................)" "\\1\n    " bytes "${bytes}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
file(WRITE "${OUTPUT}" "extern const char ${NAME}[];\nconst char ${NAME}[] = {\n    ${bytes}0x00};\n")
