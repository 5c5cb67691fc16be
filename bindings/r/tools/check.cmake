# R CMD build and R CMD check --as-cran of the staged package; errors, warnings and notes fail, but for the note of a new
# submission. Run with -DR= -Dstaged= -Dfolder=
file(REMOVE_RECURSE "${folder}")
file(MAKE_DIRECTORY "${folder}")
execute_process(COMMAND "${R}" CMD build --no-manual "${staged}" WORKING_DIRECTORY "${folder}"
    COMMAND_ERROR_IS_FATAL ANY)
file(GLOB tarball "${folder}/mtm_*.tar.gz")
# What R asks other programs is left out where they are not installed, and said.
foreach(pair checkbashisms=_R_CHECK_BASHISMS_ tidy=_R_CHECK_RD_VALIDATE_RD2HTML_)
    string(REGEX MATCH "^[^=]+" program "${pair}")
    string(REGEX REPLACE "^[^=]+=" "" switch "${pair}")
    find_program(found_${program} ${program})
    if(NOT found_${program})
        message(NOTICE "skipped: what R CMD check asks ${program}, which is not installed")
        set(ENV{${switch}} false)
    endif()
endforeach()
set(ENV{_R_CHECK_RD_MATH_RENDERING_} false) # the manual has no formulas, and the check wants R's package V8
set(ENV{_R_CHECK_CRAN_INCOMING_REMOTE_} false)
set(ENV{_R_CHECK_FORCE_SUGGESTS_} false)
set(ENV{_R_CHECK_SYSTEM_CLOCK_} false)
execute_process(COMMAND "${R}" CMD check --as-cran --no-manual "${tarball}" WORKING_DIRECTORY "${folder}"
    OUTPUT_VARIABLE output ECHO_OUTPUT_VARIABLE)
file(STRINGS "${folder}/mtm.Rcheck/00check.log" lines)
foreach(line ${lines})
    if(line MATCHES "(ERROR|WARNING|NOTE)$" AND line MATCHES "^\\* checking" AND NOT line MATCHES "CRAN incoming feasibility")
        message(SEND_ERROR "${line}")
    endif()
endforeach()
if(NOT output MATCHES "Status:")
    message(FATAL_ERROR "R CMD check did not finish")
endif()
