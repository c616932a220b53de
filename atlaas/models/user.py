from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=(username or "").strip())


class User(AbstractBaseUser, PermissionsMixin):
    """A person; nothing belongs to a person, everything to a collectivité."""

    email = models.EmailField("adresse électronique", max_length=254, unique=True)
    name = models.CharField("nom", max_length=150, blank=True)
    is_organiser = models.BooleanField(
        "équipe de l’association", default=False, help_text="Voit et conduit les éditions du label."
    )
    is_staff = models.BooleanField("accès à l’administration", default=False)
    is_active = models.BooleanField("compte actif", default=True)
    is_demo = models.BooleanField("compte de démonstration", default=False)
    created_at = models.DateTimeField("créé le", db_default=Now(), editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = "personne"
        verbose_name_plural = "personnes"
        ordering = ("email",)
        constraints = (
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="user_email_lower_case",
                violation_error_message="L’adresse s’écrit en minuscules.",
            ),
        )

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)
