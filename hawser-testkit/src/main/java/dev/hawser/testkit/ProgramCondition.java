package dev.hawser.testkit;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link RequiresProgram} means. */
final class ProgramCondition implements ExecutionCondition {

    private final BooleanSupplier onContinuousIntegration;

    /** For JUnit. */
    ProgramCondition() {
        this(Peers::onContinuousIntegration);
    }

    ProgramCondition(BooleanSupplier onContinuousIntegration) {
        this.onContinuousIntegration = onContinuousIntegration;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), RequiresProgram.class)
                .map(RequiresProgram::value)
                .map(this::evaluate)
                .orElse(enabled("no program is required"));
    }

    ConditionEvaluationResult evaluate(String... programs) {
        String missing = Stream.of(programs)
                .filter(program -> Peers.find(program).isEmpty())
                .map(Peers::missing)
                .collect(Collectors.joining("; "));
        if (missing.isEmpty()) {
            return enabled("every program is there");
        }
        if (onContinuousIntegration.getAsBoolean()) {
            throw new IllegalStateException(missing + "; continuous integration must install it");
        }
        return disabled(missing);
    }
}
