# Writing the little JSON that describes a table: a resource of a data package, or a specification of counting.

json_text <- function(value) {
  value <- enc2utf8(value)
  value <- gsub("\\", "\\\\", value, fixed = TRUE)
  value <- gsub("\"", "\\\"", value, fixed = TRUE)
  for (code in c(1:31, 127)) {
    value <- gsub(intToUtf8(code), sprintf("\\u%04x", code), value, fixed = TRUE)
  }
  paste0("\"", value, "\"")
}

# A number in plain digits with a point, whatever options(OutDec, scipen, digits) say.
number_text <- function(number) {
  if (is.na(number)) return("null")
  format(number, digits = 15, scientific = FALSE, trim = TRUE, decimal.mark = ".", big.mark = "", nsmall = 0)
}

json <- function(value) {
  if (is.null(value)) return("null")
  if (inherits(value, "json")) return(as.character(value))
  if (is.list(value) && !is.null(names(value))) {
    value <- value[!vapply(value, is.null, NA)]
    parts <- sprintf("%s: %s", vapply(names(value), json_text, ""), vapply(value, json, ""))
    return(sprintf("{%s}", paste(parts, collapse = ", ")))
  }
  if (is.list(value)) return(sprintf("[%s]", paste(vapply(value, json, ""), collapse = ", ")))
  if (is.factor(value)) value <- as.character(value)
  parts <- if (is.logical(value)) ifelse(value, "true", "false")
    else if (is.numeric(value)) vapply(value, number_text, "")
    else vapply(as.character(value), json_text, "", USE.NAMES = FALSE)
  if (length(parts) == 1 && !inherits(value, "AsIs")) parts else sprintf("[%s]", paste(parts, collapse = ", "))
}

camel <- function(name) gsub("_(\\w)", "\\U\\1", name, perl = TRUE)

# A resource's JSON: roles by column, and properties such as concept under their names in snake_case.
resource_json <- function(resource, roles, properties, top = list(), name = "data") {
  if (!is.null(resource)) {
    if (length(roles) || length(properties)) stop("resource and roles or properties exclude each other", call. = FALSE)
    return(if (is.character(resource)) paste(resource, collapse = "\n") else json(c(resource, top)))
  }
  properties <- properties[!vapply(properties, is.null, NA)]
  if (!length(roles) && !length(properties) && !length(top)) return(NULL)
  fields <- lapply(names(roles), function(name) {
    role <- roles[[name]]
    mtm <- if (is.list(role)) role
      else if (length(role) == 2 && role[[1]] == "dimension") list(role = "dimension", dimension = role[[2]])
      else list(role = role)
    list(name = name, mtm = mtm)
  })
  names(properties) <- camel(names(properties))
  out <- c(list(name = name), top)
  if (length(fields)) out$schema <- list(fieldsMatch = I("partial"), fields = fields)
  if (length(properties)) out$mtm <- properties
  json(out)
}
