#' Draws a result
#'
#' `plot()` draws the breakdown as bars, or the series as a line, with base graphics; `autoplot()` with ggplot2.
#'
#' @param x,object A result of [mtm_compute()].
#' @param ... Passed on to [barplot()] or [plot()].
#' @return `plot()` the result, invisibly; `autoplot()` a ggplot.
#' @examples
#' frame <- data.frame(period = "2024-Q2", direction = "IN",
#'                     citizenship = c("UZB", "RUS", "CHN"), value = c(30, 20, 5))
#' dataset <- mtm_dataset(frame, concept = "border-crossings")
#' crossings <- mtm_package(country = "KAZ", datasets = dataset)
#' plot(mtm_compute(crossings, "arrivals-by-origin", period = "2024-Q2"))
#' @export
plot.mtm_result <- function(x, ...) {
  data <- drawn(x)
  if (nrow(x$breakdown)) {
    margins <- par(mar = c(4, 10, 3, 1))
    on.exit(par(margins))
    barplot(rev(data$value), names.arg = rev(data$label), horiz = TRUE, las = 1, col = "#0033a0", border = NA,
            main = x$title, xlab = x$unit, ...)
  } else {
    plot(seq_len(nrow(data)), data$value, type = "o", pch = 19, col = "#0033a0", xaxt = "n", xlab = "", ylab = x$unit,
         main = x$title, ...)
    axis(1, at = seq_len(nrow(data)), labels = data$period)
  }
  invisible(x)
}

drawn <- function(x) {
  data <- if (nrow(x$breakdown)) x$breakdown[!is.na(x$breakdown$value), ] else x$series
  if (!nrow(data)) stop(sprintf("%s: there is no breakdown and no series to draw", x$id), call. = FALSE)
  data
}

#' @rdname plot.mtm_result
#' @exportS3Method ggplot2::autoplot
autoplot.mtm_result <- function(object, ...) {
  data <- drawn(object)
  if (nrow(object$breakdown)) {
    data$label <- factor(data$label, levels = rev(data$label))
    ggplot2::ggplot(data, ggplot2::aes(x = value, y = label)) +
      ggplot2::geom_col(fill = "#0033a0") + ggplot2::labs(title = object$title, x = object$unit, y = NULL)
  } else {
    data$period <- factor(data$period, levels = data$period)
    ggplot2::ggplot(data, ggplot2::aes(x = period, y = value, group = 1)) +
      ggplot2::geom_line(colour = "#0033a0") + ggplot2::geom_point(colour = "#0033a0") +
      ggplot2::labs(title = object$title, x = NULL, y = object$unit)
  }
}

utils::globalVariables(c("label", "period", "value"))
